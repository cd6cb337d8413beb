// docs/streams.md and the table of streams in README.md, written from the manifest, the schemas and the head comments of streams/.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import prettier from 'prettier';
import { read } from '../../bin/cli/manifest.ts';
import { keyOf } from '../../engine/authoring/docs/stream-nodes.ts';
import { documentedStreams, streamsPage, table } from '../../engine/authoring/docs/streams-page.ts';
import { formatDiagnostic } from '../../engine/manifest/diagnostic.ts';

const root = join(import.meta.dirname, '..', '..');
const TABLE = /(<!-- streams: written by `npm run generate` -->\n)[^]*?(<!-- end of streams -->)/;

const NOTE = '<!-- Written by `npm run generate` from manifest.yaml, streams/ and schemas/; do not edit. -->';
const INTRO =
  'Every field may be null. Fields below those of the tables are described in `schemas/`; fields that are not declared pass through. How many requests each stream takes is counted in [test/streams/cost.md](../test/streams/cost.md).';

const code = (text: string): string => `\`${text}\``;

/** The documents by their paths from the root of the package. Throws an Error with the problems of the manifest when it has any. */
export async function streamDocuments(): Promise<Record<string, string>> {
  const { tree, diagnostics, sources } = read(join(root, 'manifest.yaml'));
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    throw new Error(`The documents wait for a right manifest:\n${errors.map(formatDiagnostic).join('\n')}`);
  const streams = documentedStreams(tree, sources);
  const page = `${NOTE}\n\n${streamsPage(streams, { base: '/api', intro: INTRO })}`;
  const rows = streams.map(({ stream, summary }) => [
    `[${code(stream.name)}](docs/streams.md#${stream.name})`,
    summary,
    keyOf(stream).map(code).join(', '),
  ]);
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const options = { ...(await prettier.resolveConfig(join(root, 'README.md'))), parser: 'markdown' };
  const inReadme = await prettier.format(table(['stream', 'what it is', 'primary key'], rows), options);
  return {
    'docs/streams.md': await prettier.format(page, options),
    'README.md': readme.replace(TABLE, (_, start: string, end: string) => `${start}\n${inReadme}\n${end}`),
  };
}
