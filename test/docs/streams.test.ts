// What docs/streams.md and the README tell of a stream: `npm run generate` writes them, `npm run check` asks whether they are fresh.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { read } from '../../bin/cli/manifest.ts';
import { documentedStreams, streamsPage } from '../../engine/authoring/docs/streams-page.ts';
import { headCommentOf } from '../../engine/authoring/docs/head-comment.ts';
import {
  documentedNodes,
  endpointsOf,
  fieldsOf,
  keyOf,
  type ManifestNode,
  parentsOf,
  type StreamNode,
} from '../../engine/authoring/docs/stream-nodes.ts';

const root = resolve(import.meta.dirname, '../..');
const streams = documentedNodes(read(join(root, 'manifest.yaml')).tree as ManifestNode);

test.each(streams.map(({ name }) => name))('the head comment of %s says what its readers ask', (name) => {
  const { summary, facts } = headCommentOf(readFileSync(join(root, 'streams', `${name}.yaml`), 'utf8'));
  expect(summary).toMatch(/^[A-Z].*\.$/);
  expect([...facts.keys()]).toEqual(['Rights', 'Versions', 'Requests', 'Personal data']);
});

test('a head comment is paragraphs and facts; its first sentence says what the stream is', () => {
  const comment = headCommentOf(
    [
      '# yaml-language-server: $schema=../engine/generated/manifest.schema.json',
      '# Things of 1.5 kinds. All of',
      '# them.',
      '#',
      '# A second paragraph.',
      '# Rights: those of',
      '#   an administrator.',
      '# Personal data: none.',
      'type: DeclarativeStream',
      '# Versions: not in the head.',
    ].join('\n'),
  );
  expect(comment.summary).toBe('Things of 1.5 kinds.');
  expect(comment.paragraphs).toEqual(['Things of 1.5 kinds. All of them.', 'A second paragraph.']);
  expect([...comment.facts]).toEqual([
    ['Rights', 'those of an administrator.'],
    ['Personal data', 'none.'],
  ]);
});

test('endpoints are those of the stream, then those of its parents, with what its partitions ask', () => {
  const list: StreamNode = {
    name: 'list',
    retriever: { requester: { path: 'thing', request_parameters: { f: 'all' } } },
  };
  const stream: StreamNode = {
    name: 'details',
    primary_key: ['id', ['owner', 'id']],
    retriever: {
      requester: { path: "/thing/{{ stream_partition['id'] }}/part", http_method: 'POST' },
      partition_router: [
        { parent_stream_configs: [{ stream: list }] },
        { values: ['a', 'b'], request_option: { inject_into: 'request_parameter', field_name: 'kind' } },
      ],
    },
  };
  expect(endpointsOf(stream, '/api')).toEqual(['POST /api/thing/:id/part?kind=a|b', 'GET /api/thing?f=all']);
  expect(parentsOf(stream)).toEqual([list]);
  expect(keyOf(stream)).toEqual(['id', 'owner.id']);
});

test.each([
  [{ url: 'https://example.com/v1/things/{{ stream_slice.id }}' }, 'GET /v1/things/:id'],
  [{ url_base: 'https://example.com/v1/', path: '/things/' }, 'GET /v1/things'],
  [
    { url_base: "https://{{ config['host'] }}/v1", path: 'things', request_parameters: '{{ config.query }}' },
    'GET /v1/things?:query',
  ],
  [{ url_base: "{{ config['url'] }}", path: 'things' }, 'GET /things'],
])('the endpoint of %j is %s', (requester, endpoint) => {
  expect(endpointsOf({ name: 'things', retriever: { requester } })).toEqual([endpoint]);
});

test('dynamic streams are told of by their template, under the name that they have in common', () => {
  const template: StreamNode = { name: 'one', retriever: { requester: { path: 'thing' } } };
  expect(documentedNodes({ streams: [], dynamic_streams: [{ name: 'things', stream_template: template }] })).toEqual([
    { ...template, name: 'things' },
  ]);
});

test('fields are those of the schemas in the manifest, and of schema files', () => {
  const retriever = {};
  const inline = { schema: { properties: { id: {} } } };
  const schemaIn = (path: string) => ({ properties: { [path]: {} } });
  const names = (schema_loader: StreamNode['schema_loader']) =>
    fieldsOf({ name: 'things', retriever, schema_loader: schema_loader ?? [] }, schemaIn).map(([name]) => name);
  expect(names(inline)).toEqual(['id']);
  expect(names([inline, { type: 'JsonFileSchemaLoader' }])).toEqual(['id', 'schemas/things.json']);
  expect(names({ type: 'JsonFileSchemaLoader', file_path: './a.json' })).toEqual(['./a.json']);
});

test('docs tells of the streams of any manifest, and of their files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'docs-'));
  const stream = `# Things of a shop. More of them.
# Rights: none.
type: DeclarativeStream
name: things
primary_key: id
retriever:
  type: SimpleRetriever
  requester: { type: HttpRequester, url: https://example.com/v1/things }
  record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
schema_loader:
  type: InlineSchemaLoader
  schema: { type: object, properties: { id: { type: ['null', integer], description: Id | number. } } }
`;
  writeFileSync(join(folder, 'things.yaml'), stream);
  const manifest = 'version: 7.0.0\ntype: DeclarativeSource\ncheck: { type: CheckStream, stream_names: [things] }\n';
  writeFileSync(join(folder, 'manifest.yaml'), `${manifest}streams: [{ $ref: things.yaml }]\n`);
  const { tree, sources, diagnostics } = read(join(folder, 'manifest.yaml'));
  rmSync(folder, { recursive: true });
  expect(diagnostics).toEqual([]);
  expect(streamsPage(documentedStreams(tree, sources))).toBe(`# Streams

| stream | what it is | primary key | cursor | fields | for each of | request |
| --- | --- | --- | --- | --- | --- | --- |
| [\`things\`](#things) | Things of a shop. | \`id\` |  | 1 |  | \`GET /v1/things\` |

## things

Things of a shop. More of them.

- Endpoints: \`GET /v1/things\`
- Primary key: \`id\`
- Sync modes: full refresh
- Rights: none.

| field | type | what it is |
| --- | --- | --- |
| \`id\` | integer | Id \\| number. |`);
});
