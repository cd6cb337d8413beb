// Waits as long as the body of a reply says.
import { component, optional, template } from '../component.ts';
import { replyVariables, variablesOfReply } from '../variables.ts';
import { capped } from './header-seconds.ts';

export default component({
  kind: 'backoff',
  type: 'WaitTimeFromResponse',
  summary: 'Waits as long as the body of the reply says.',
  fields: {
    wait_time_in_seconds: template({
      description: 'Seconds to wait; what is no number leaves the decision to the next strategy.',
      variables: replyVariables,
      examples: ["{{ response['retry_after'] }}"],
    }),
    max_waiting_time_in_seconds: optional(
      template({
        description: 'A wait this long or longer fails instead. Left out, a wait may be of any length.',
        also: ['number'],
        examples: [3600],
      }),
    ),
  },
  examples: ['wait_time_in_seconds: "{{ response[\'retry_after\'] }}"'],
  build: ({ wait_time_in_seconds: wait, max_waiting_time_in_seconds: longest }) => ({
    async delaySeconds(outcome) {
      if ('error' in outcome) return undefined;
      const text = wait.text(await variablesOfReply(outcome.reply)).trim();
      const seconds = Number(text);
      return text === '' || !Number.isFinite(seconds) || seconds < 0 ? undefined : capped(seconds, longest);
    },
  }),
});
