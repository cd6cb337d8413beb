import { Option } from 'commander';
import type { FormatName } from '../../../engine/manifest/formats/formats.ts';
import type { ValidateFlags } from '../validate.ts';
import { verb } from '../verb.ts';

const formats: readonly FormatName[] = ['text', 'json', 'github', 'sarif'];

export default verb<ValidateFlags, [paths: string[]]>({
  name: 'validate',
  isForAuthors: true,
  summary: 'Checks manifests and the files they refer to, and prints every problem with its place.',
  declare: (command) =>
    command
      .argument('[path...]', 'manifests, folders of one, or files that one refers to; that of --manifest if left out')
      .addOption(new Option('--format <name>', 'how problems are printed').choices(formats).default('text'))
      .option('--watch', 'again at every save, until Ctrl-C'),
  examples: [
    'source-metabase validate',
    'source-metabase validate path/to/manifest.yaml --watch',
    'source-metabase validate --format github streams/cards.yaml schemas/cards.json',
    'source-metabase validate --format sarif > problems.sarif',
  ],
  notes: 'Exit code: 0 if there is no error, 1 if there are some, 2 for wrong usage. A warning is no error.',
  run: async (flags, [paths], command) => {
    const { validate } = await import('../validate.ts');
    await validate(paths, flags, command);
  },
});
