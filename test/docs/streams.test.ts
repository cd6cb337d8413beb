// What docs/streams.md and the README tell of a stream: `npm run generate` writes them, `npm run check` asks whether they are fresh.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { read } from '../../bin/manifest.ts';
import {
  documentedNodes,
  endpointsOf,
  headCommentOf,
  keyOf,
  type ManifestNode,
  parentsOf,
  type StreamNode,
} from '../../scripts/generate/stream-nodes.ts';

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
  expect(endpointsOf(stream)).toEqual(['POST /api/thing/:id/part?kind=a|b', 'GET /api/thing?f=all']);
  expect(parentsOf(stream)).toEqual([list]);
  expect(keyOf(stream)).toEqual(['id', 'owner.id']);
});

test('dynamic streams are told of by their template, under the name that they have in common', () => {
  const template: StreamNode = { name: 'one', retriever: { requester: { path: 'thing' } } };
  expect(documentedNodes({ streams: [], dynamic_streams: [{ name: 'things', stream_template: template }] })).toEqual([
    { ...template, name: 'things' },
  ]);
});
