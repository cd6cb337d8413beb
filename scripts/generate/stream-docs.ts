// docs/streams.md and the table of streams in README.md, written from the manifest, the schemas and the head comments of streams/.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import prettier from 'prettier';
import { read } from '../../bin/manifest.ts';
import { formatDiagnostic } from '../../engine/manifest/diagnostic.ts';
import {
  documentedNodes,
  endpointsOf,
  type HeadComment,
  headCommentOf,
  keyOf,
  type ManifestNode,
  parentsOf,
  type Schema,
  type StreamNode,
} from './stream-nodes.ts';

const root = join(import.meta.dirname, '..', '..');
const TABLE = /(<!-- streams: written by `npm run generate` -->\n)[^]*?(<!-- end of streams -->)/;

interface Documented extends HeadComment {
  readonly stream: StreamNode;
}

const code = (text: string): string => `\`${text}\``;
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (...cells: string[]): string => `| ${cells.map(cell).join(' | ')} |`;

function table(head: string[], rows: string[][]): string {
  return [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');
}

/** The types of a field without the null that every field may be. */
const typesOf = ({ type = 'any' }: Schema): string =>
  [type]
    .flat()
    .filter((name) => name !== 'null')
    .join(', ');

function factsOf({ stream, facts }: Documented): string[] {
  const parents = parentsOf(stream).map(({ name }) => code(name));
  const lines: [string, string | undefined][] = [
    ['Endpoints', endpointsOf(stream).map(code).join(', ')],
    ['Primary key', keyOf(stream).map(code).join(', ') || 'none'],
    ['Sync modes', stream.incremental_sync ? 'full refresh, incremental' : 'full refresh'],
    ['One request for each record of', parents.length > 0 ? parents.join(', ') : undefined],
    ['Needs', stream.availability?.needs],
    ...facts,
  ];
  return lines.flatMap(([name, text]) => (text === undefined ? [] : [`- ${name}: ${text}`]));
}

function sectionOf(documented: Documented): string {
  const { stream, paragraphs } = documented;
  const fields = Object.entries(stream.schema_loader?.schema?.properties ?? {});
  const rows = fields.map(([name, schema]) => [code(name), typesOf(schema), schema.description ?? '']);
  return [
    `## ${stream.name}`,
    ...paragraphs,
    factsOf(documented).join('\n'),
    rows.length === 0 ? 'Its fields are known when it is read.' : table(['field', 'type', 'what it is'], rows),
  ].join('\n\n');
}

/** Reads the manifest. Throws an Error with its problems when it has any. */
function documentedStreams(): Documented[] {
  const { tree, diagnostics } = read(join(root, 'manifest.yaml'));
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    throw new Error(`The documents wait for a right manifest:\n${errors.map(formatDiagnostic).join('\n')}`);
  return documentedNodes(tree as ManifestNode).map((stream) => ({
    stream,
    ...headCommentOf(readFileSync(join(root, 'streams', `${stream.name}.yaml`), 'utf8')),
  }));
}

/** The documents by their paths from the root of the package. */
export async function streamDocuments(): Promise<Record<string, string>> {
  const streams = documentedStreams();
  const page = [
    '<!-- Written by `npm run generate` from manifest.yaml, streams/ and schemas/; do not edit. -->',
    '# Streams',
    'Every field may be null. Fields below those of the tables are described in `schemas/`; fields that are not declared pass through. How many requests each stream takes is counted in [test/streams/cost.md](../test/streams/cost.md).',
    ...streams.map(sectionOf),
  ].join('\n\n');
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
