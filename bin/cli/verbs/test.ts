import { Option } from 'commander';
import type { TestFormatName } from '../../../engine/testing/formats/formats.ts';
import type { TestFlags } from '../test.ts';
import { verb } from '../verb.ts';

const formats: readonly TestFormatName[] = ['text', 'json', 'junit', 'github'];

export default verb<TestFlags, [paths: string[]]>({
  name: 'test',
  isForAuthors: true,
  summary: 'Runs tests of streams: given these replies, they expect these requests and these records.',
  declare: (command) =>
    command
      .argument('[path...]', 'files of tests, or folders; test/streams/ beside the manifest if left out')
      .option('-t, --filter <words>', 'only cases whose "stream: name" has these words')
      .addOption(new Option('--format <name>', 'how the outcome is printed').choices(formats).default('text'))
      .option('--watch', 'again at every save, until Ctrl-C'),
  examples: [
    'source-metabase test',
    'source-metabase test --manifest path/to/manifest.yaml',
    "source-metabase test test/streams/cards.yaml -t 'no digit is lost'",
    'source-metabase test --watch',
    'source-metabase test --format junit > junit.xml',
  ],
  notes:
    'Nothing is sent: the replies stand in the files. Exit code: 0 if every case holds, 1 if one does not, 2 for wrong usage.',
  run: async (flags, [paths], command) => {
    const { test } = await import('../test.ts');
    await test(paths, flags, command);
  },
});
