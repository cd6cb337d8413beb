// Decides about a reply by its filters, then by its status.
import { component, optional, slots, template } from '../component.ts';
import { defaultVerdict } from '../http-errors.ts';

export default component({
  kind: 'error_handler',
  type: 'DefaultErrorHandler',
  summary: 'Decides what a reply means: its filters in their order, then the HTTP status.',
  fields: {
    response_filters: optional(
      slots('response_filter', {
        description:
          'Replies that mean something else than their status says; the first match decides. Left out, the status decides.',
        defaultType: 'HttpResponseFilter',
      }),
    ),
    max_retries: optional(
      template({ description: 'How often to try again.', also: ['number'], default: 5, examples: [5, 0] }),
    ),
    backoff_strategies: optional(
      slots('backoff', {
        description:
          'How long to wait between attempts; the first that knows decides. Left out, a Retry-After header says, or the wait doubles with every attempt.',
      }),
    ),
  },
  examples: [
    'max_retries: 3',
    'response_filters:\n  - http_codes: [404]\n    action: IGNORE',
    'backoff_strategies:\n  - type: WaitTimeFromHeader\n    header: Retry-After',
  ],
  build({ response_filters = [], max_retries: maxRetries, backoff_strategies = [] }, scope) {
    const filters = response_filters.map((filter) => scope.build(filter));
    const strategies = backoff_strategies.map((strategy) => scope.build(strategy));
    return {
      maxRetries: maxRetries === undefined ? 5 : Number(maxRetries.render()),
      async judge(outcome) {
        for (const filter of filters) {
          const verdict = await filter.match(outcome);
          if (verdict) return verdict;
        }
        return defaultVerdict(outcome);
      },
      async delaySeconds(outcome, attempt) {
        // 0 is no answer, as in the reference engine: the next strategy is asked
        for (const strategy of strategies) {
          const seconds = await strategy.delaySeconds(outcome, attempt);
          if (seconds) return seconds;
        }
        return undefined;
      },
    };
  },
});
