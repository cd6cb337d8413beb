// Waits as long as a header says.
import { component, optional, template } from '../component.ts';
import { capped, numberInHeader } from './header-seconds.ts';

export default component({
  kind: 'backoff',
  type: 'WaitTimeFromHeader',
  summary: 'Waits as long as a response header says.',
  fields: {
    header: template({ description: 'Header that holds the wait, in seconds.', examples: ['Retry-After'] }),
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
  examples: ['header: Retry-After', 'header: Retry-After\nmax_waiting_time_in_seconds: 300'],
  build: ({ header, regex, max_waiting_time_in_seconds: longest }) => ({
    delaySeconds(outcome) {
      const seconds = numberInHeader(outcome, header, regex);
      return seconds === undefined ? undefined : capped(seconds, longest);
    },
  }),
});
