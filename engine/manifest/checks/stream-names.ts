// Streams by the same name.
import type { Check } from './check.ts';

export const streamNames: Check = {
  problems: {
    'duplicate-stream': {
      severity: 'error',
      summary: 'Two streams have one name.',
      help: 'They would be one table; only the first of them can be read. Give one of them another name.',
    },
  },
  *find({ streams, placeOf }) {
    for (const [index, { name, pointer }] of streams.entries()) {
      if (streams.findIndex((stream) => stream.name === name) === index) continue;
      yield {
        code: 'duplicate-stream',
        place: placeOf(`${pointer}/name`),
        message: `there is another stream "${name}" above`,
      };
    }
  },
};
