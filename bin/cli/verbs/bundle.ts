import type { BundleFlags } from '../bundle.ts';
import { verb } from '../verb.ts';

export default verb<BundleFlags, [path?: string]>({
  name: 'bundle',
  isForAuthors: true,
  summary: 'Writes a manifest and the files it refers to as one file, for Airbyte’s own engine and its Builder.',
  declare: (command) =>
    command
      .argument('[path]', 'the manifest; that of --manifest if left out')
      .option('--out <file>', 'where to write it; left out, to the standard output')
      .option('--keep-extensions', 'leaves in what only this engine understands, instead of leaving it out'),
  examples: [
    'source-metabase bundle > bundled.yaml',
    'source-metabase bundle path/to/manifest.yaml --out bundled.yaml',
    'source-metabase bundle --keep-extensions --out one-file.yaml',
  ],
  notes: `Warns of every stream that reads other records elsewhere, because of an extension of this engine: docs/portability.md
says what does not carry over. Exit code: 0 if it is written, 1 if the manifest has problems, 2 for wrong usage.`,
  run: async (flags, [path], command) => {
    const { bundle } = await import('../bundle.ts');
    bundle(path, flags, command);
  },
});
