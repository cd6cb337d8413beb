import type { DocsFlags } from '../docs.ts';
import { verb } from '../verb.ts';

export default verb<DocsFlags, [path?: string]>({
  name: 'docs',
  isForAuthors: true,
  summary: 'Writes a page in Markdown about the streams of a manifest: keys, cursors, parents, requests and fields.',
  declare: (command) =>
    command
      .argument('[path]', 'the manifest; that of --manifest if left out')
      .option('--out <folder>', 'writes streams.md there; the standard output if left out'),
  examples: ['source-metabase docs manifest.yaml --out docs', 'source-metabase docs | less'],
  notes:
    'What a stream is comes from the comment at the head of its file; lines of it that begin with Rights, Versions, Requests or Personal data and a colon become facts. Exit code: 0 if the page is written, 1 if the manifest has problems.',
  run: async (flags, [path]) => {
    const { docs } = await import('../docs.ts');
    docs(path, flags);
  },
});
