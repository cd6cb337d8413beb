import type { InferSchemaFlags } from '../infer-schema.ts';
import { verb } from '../verb.ts';
import { wholeNumber } from '../whole-number.ts';

export default verb<InferSchemaFlags, [stream: string]>({
  name: 'infer-schema',
  isForAuthors: true,
  summary: 'Derives the JSON Schema of a stream from its records, and keeps what is written in it already.',
  declare: (command) =>
    command
      .argument('<stream>', 'name of the stream')
      .option('--config <path>', 'JSON file with the configuration; not needed with --replay')
      .option('--limit <count>', 'most records (default: 1000, or as many as were recorded)', wholeNumber)
      .option(
        '--slices <count>',
        'most slices, such as parent records, that they come from (default: 25, or as recorded)',
        wholeNumber,
      )
      .option('--replay <folder>', 'asks no server, but what `try --record` has recorded there')
      .option(
        '--out <path>',
        'the file to write, - for the standard output; the schema file of the stream if left out',
      ),
  examples: [
    'source-metabase infer-schema cards --config config.json',
    'source-metabase infer-schema cards --replay recordings --out -',
  ],
  notes:
    'Descriptions, order and keywords stay, and so do fields that no record happens to have. A type gets wider where a value does\n' +
    'not fit it, and gives way where none does.\n\n' +
    'Exit code: 0 if the schema was derived, 1 if the stream failed or has no records, 2 for wrong usage.',
  run: async (flags, [stream], command) => {
    if (flags.config === undefined && flags.replay === undefined) {
      command.error("error: required option '--config <path>' not specified. With --replay <folder> it is not needed.");
    }
    const { inferSchema } = await import('../infer-schema.ts');
    await inferSchema(stream, flags, command);
  },
});
