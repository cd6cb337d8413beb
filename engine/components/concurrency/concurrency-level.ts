// How many requests may be in flight.
import { ConfigError } from '../../errors.ts';
import { component, number, optional, template } from '../component.ts';

export default component({
  kind: 'concurrency',
  type: 'ConcurrencyLevel',
  summary: 'Says how many requests may be in flight at once.',
  fields: {
    default_concurrency: template({
      description: 'The number of requests.',
      also: ['number'],
      examples: [8, "{{ config.get('concurrency', 8) }}"],
    }),
    max_concurrency: optional(
      number({ description: 'The most that the number may be; left out, any.', examples: [32], minimum: 1 }),
    ),
  },
  examples: ['default_concurrency: 8'],
  build({ default_concurrency, max_concurrency = Infinity }) {
    const level = Number(default_concurrency.render());
    if (Number.isInteger(level) && level >= 1) return { level: Math.min(level, max_concurrency) };
    throw new ConfigError(
      `The number of requests in flight is "${default_concurrency.text()}", but has to be 1 or more.`,
    );
  },
});
