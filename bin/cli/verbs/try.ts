import { Option } from 'commander';
import type { TryFlags } from '../try.ts';
import { verb } from '../verb.ts';
import { wholeNumber } from '../whole-number.ts';

export default verb<TryFlags, [stream: string]>({
  name: 'try',
  isForAuthors: true,
  summary: 'Reads the beginning of one stream, and shows its requests, replies, records and schema.',
  declare: (command) =>
    command
      .argument('<stream>', 'name of the stream')
      .option('--config <path>', 'JSON file with the configuration; not needed with --replay')
      .option('--limit <count>', 'most records (default: 10, or as many as were recorded)', wholeNumber)
      .option(
        '--slices <count>',
        'most slices, such as parent records, that they come from (default: 3, or as recorded)',
        wholeNumber,
      )
      .addOption(
        new Option('--show <part>', 'what is shown: http has all headers, and more of the replies')
          .choices(['http', 'records', 'schema', 'all'])
          .default('all'),
      )
      .addOption(new Option('--format <name>', 'how records are shown').choices(['table', 'json']).default('table'))
      .option('--record <folder>', 'keeps the exchanges there, without credentials')
      .option('--replay <folder>', 'asks no server, but what was recorded there')
      .option('--watch', 'again at every save, until Ctrl-C; what was asked before is not asked again'),
  examples: [
    'source-metabase try cards --config config.json',
    'source-metabase try dashboards --config config.json --slices 5 --show http',
    'source-metabase try cards --config config.json --show records --format json | jq .name',
    'source-metabase try cards --config config.json --record recordings',
    'source-metabase try cards --replay recordings --watch',
  ],
  notes:
    'Credentials are hidden in all of it. Nothing is asked after the limit; a recording takes its replies to their end.\n\n' +
    'Exit code: 0 if the stream could be read, 1 if it failed or the manifest has problems, 2 for wrong usage.',
  run: async (flags, [stream], command) => {
    if (flags.record !== undefined && flags.replay !== undefined) {
      command.error('error: --record and --replay exclude each other. Leave one of them out.');
    }
    if (flags.config === undefined && flags.replay === undefined) {
      command.error("error: required option '--config <path>' not specified. With --replay <folder> it is not needed.");
    }
    const { tryOut } = await import('../try.ts');
    await tryOut(stream, flags, command);
  },
});
