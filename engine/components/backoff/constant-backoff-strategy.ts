// Waits the same time before every attempt.
import { component, number, optional, template } from '../component.ts';

export default component({
  kind: 'backoff',
  type: 'ConstantBackoffStrategy',
  summary: 'Waits the same time before every attempt.',
  fields: {
    backoff_time_in_seconds: template({ description: 'Seconds to wait.', also: ['number'], examples: [30, 60] }),
    jitter_range_in_seconds: optional(
      number({
        description: 'Adds a random wait of up to twice as many seconds.',
        default: 0,
        examples: [10],
        minimum: 0,
      }),
    ),
  },
  examples: ['backoff_time_in_seconds: 30'],
  build({ backoff_time_in_seconds: time, jitter_range_in_seconds: jitter = 0 }, { random }) {
    return { delaySeconds: () => Number(time.render()) + random() * 2 * jitter };
  },
});
