// Waits until the moment that a header names.
import { component, optional, template } from '../component.ts';
import { capped, numberInHeader } from './header-seconds.ts';

export default component({
  kind: 'backoff',
  type: 'WaitUntilTimeFromHeader',
  summary: 'Waits until the time that a response header gives.',
  fields: {
    header: template({
      description: 'Header that holds the time, in seconds since 1970.',
      examples: ['X-RateLimit-Reset'],
    }),
    min_wait: optional(
      template({
        description: 'Seconds to wait at least; left out, there is no least wait.',
        also: ['number'],
        examples: [10],
      }),
    ),
    regex: optional(
      template({
        description: 'Regular expression that finds the number in the header; left out, the header is the number.',
        examples: ['[.\\d]+'],
      }),
    ),
    max_waiting_time_in_seconds: optional(
      template({
        description: 'A wait this long or longer fails instead. Left out, a wait may be of any length.',
        also: ['number'],
        examples: [3600],
      }),
    ),
  },
  examples: ['header: X-RateLimit-Reset\nmin_wait: 5'],
  build: ({ header, min_wait: minimum, regex, max_waiting_time_in_seconds: longest }, { clock }) => ({
    delaySeconds(outcome) {
      const until = numberInHeader(outcome, header, regex);
      const least = minimum === undefined ? undefined : Number(minimum.render());
      const seconds = until === undefined ? least : Math.max(until - clock.now() / 1000, least ?? -Infinity);
      return seconds === undefined || seconds < 0 ? undefined : capped(seconds, longest);
    },
  }),
});
