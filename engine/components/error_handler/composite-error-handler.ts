// Asks several handlers in turn.
import { component, slots } from '../component.ts';
import type { Verdict } from '../kinds.ts';

/** Verdicts that end the search: a handler that would fail leaves the decision to the next one. */
const final: readonly Verdict['action'][] = ['SUCCESS', 'RETRY', 'IGNORE'];

export default component({
  kind: 'error_handler',
  type: 'CompositeErrorHandler',
  summary: 'Asks several error handlers in turn; the first that does not fail the request decides.',
  fields: {
    error_handlers: slots('error_handler', {
      description: 'The handlers, in the order they are asked; the first one gives the number of retries.',
      defaultType: 'DefaultErrorHandler',
    }),
  },
  examples: [
    'error_handlers:\n  - response_filters:\n      - http_codes: [404]\n        action: IGNORE\n  - response_filters:\n      - http_codes: [403]\n        action: RETRY',
  ],
  build({ error_handlers }, scope) {
    const handlers = error_handlers.map((handler) => scope.build(handler));
    return {
      maxRetries: handlers[0]?.maxRetries ?? 0,
      async judge(outcome) {
        let verdict: Verdict | undefined;
        for (const handler of handlers) {
          verdict = await handler.judge(outcome);
          if (final.includes(verdict.action)) break;
        }
        return verdict ?? { action: 'RETRY', failureType: 'system_error' };
      },
      async delaySeconds(outcome, attempt) {
        for (const handler of handlers) {
          const seconds = await handler.delaySeconds(outcome, attempt);
          if (seconds) return seconds;
        }
        return undefined;
      },
    };
  },
});
