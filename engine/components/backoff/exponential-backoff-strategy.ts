// Doubles the wait with every attempt.
import { component, number, optional, template } from '../component.ts';

export default component({
  kind: 'backoff',
  type: 'ExponentialBackoffStrategy',
  summary: 'Waits twice as long with every attempt.',
  fields: {
    factor: optional(
      template({ description: 'Seconds to multiply 2^attempt with.', also: ['number'], default: 5, examples: [5, 10] }),
    ),
    jitter_range_in_seconds: optional(
      number({
        description: 'Adds a random wait of up to twice as many seconds.',
        default: 0,
        examples: [10],
        minimum: 0,
      }),
    ),
  },
  examples: ['factor: 5'],
  build({ factor, jitter_range_in_seconds: jitter = 0 }, { random }) {
    const seconds = factor === undefined ? 5 : Number(factor.render());
    return { delaySeconds: (_, attempt) => seconds * 2 ** attempt + random() * 2 * jitter };
  },
});
