// A page about the streams of a manifest, in Markdown: a table of them, then a section for each, with its fields.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { SourceFile } from '../../manifest/load.ts';
import { type HeadComment, headCommentOf } from './head-comment.ts';
import {
  documentedNodes,
  endpointsOf,
  fieldsOf,
  keyOf,
  type ManifestNode,
  parentsOf,
  type Schema,
  type StreamNode,
} from './stream-nodes.ts';

export interface DocumentedStream extends HeadComment {
  readonly stream: StreamNode;
  /** The fields that its schema declares. */
  readonly fields: readonly [string, Schema][];
}

export interface PageOptions {
  /** Stands before paths whose address the config gives: `/api`. */
  readonly base?: string;
  /** What is to be said before the streams. */
  readonly intro?: string;
}

const code = (text: string): string => `\`${text}\``;
const codes = (texts: readonly string[]): string => texts.map(code).join(', ');
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (...cells: string[]): string => `| ${cells.map(cell).join(' | ')} |`;

export function table(head: readonly string[], rows: readonly string[][]): string {
  return [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');
}

/** The types of a field without the null that most fields may be. */
const typesOf = ({ type = 'any' }: Schema): string =>
  [type]
    .flat()
    .filter((name) => name !== 'null')
    .join(', ');

const parentNames = (stream: StreamNode): string[] => parentsOf(stream).map(({ name }) => name);

function factsOf({ stream, facts }: DocumentedStream, { base }: PageOptions): string[] {
  const cursor = stream.incremental_sync?.cursor_field;
  const lines: [string, string | undefined][] = [
    ['Endpoints', codes(endpointsOf(stream, base)) || undefined],
    ['Primary key', codes(keyOf(stream)) || 'none'],
    ['Sync modes', stream.incremental_sync ? 'full refresh, incremental' : 'full refresh'],
    ['Cursor', cursor && code(cursor)],
    ['One request for each record of', codes(parentNames(stream)) || undefined],
    ['Needs', stream.availability?.needs],
    ...facts,
  ];
  return lines.flatMap(([name, text]) => (text === undefined ? [] : [`- ${name}: ${text}`]));
}

function sectionOf(documented: DocumentedStream, options: PageOptions): string {
  const { stream, paragraphs, fields } = documented;
  const rows = fields.map(([name, schema]) => [code(name), typesOf(schema), schema.description ?? '']);
  return [
    `## ${stream.name}`,
    ...paragraphs,
    factsOf(documented, options).join('\n'),
    rows.length === 0 ? 'Its fields are known when it is read.' : table(['field', 'type', 'what it is'], rows),
  ].join('\n\n');
}

/** The streams of a manifest without problems. What they are stands at the head of their files, where they have their own. */
export function documentedStreams(tree: unknown, sources: readonly SourceFile[]): DocumentedStream[] {
  const [manifest] = sources;
  /** A schema beside the manifest; nothing where there is none. */
  const schemaIn = (path: string): Schema => {
    const file = resolve(dirname(manifest?.path ?? ''), path);
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Schema) : {};
  };
  const comments = new Map(sources.map(({ document, text }) => [document.get('name'), headCommentOf(text)]));
  const none: HeadComment = { summary: '', paragraphs: [], facts: new Map() };
  return documentedNodes(tree as ManifestNode).map((stream) => ({
    stream,
    fields: fieldsOf(stream, schemaIn),
    ...(comments.get(stream.name) ?? none),
  }));
}

function overview(streams: readonly DocumentedStream[], { base }: PageOptions): string {
  const rows = streams.map(({ stream, summary, fields }) => [
    `[${code(stream.name)}](#${stream.name.toLowerCase().replaceAll(' ', '-')})`,
    summary,
    codes(keyOf(stream)),
    stream.incremental_sync?.cursor_field ? code(stream.incremental_sync.cursor_field) : '',
    String(fields.length || ''),
    codes(parentNames(stream)),
    codes(endpointsOf(stream, base).slice(0, 1)),
  ]);
  const head = ['stream', 'what it is', 'primary key', 'cursor', 'fields', 'for each of', 'request'];
  return table(head, rows);
}

/** The page. */
export function streamsPage(streams: readonly DocumentedStream[], options: PageOptions = {}): string {
  const { intro } = options;
  return [
    '# Streams',
    ...(intro === undefined ? [] : [intro]),
    overview(streams, options),
    ...streams.map((documented) => sectionOf(documented, options)),
  ].join('\n\n');
}
