// Partition routers: what a stream is requested by.
import { expect, test } from 'vitest';
import { ConfigError } from '../../engine/errors.ts';
import type { Partition } from '../../engine/components/kinds.ts';
import { all, build, fakeSend, make, reply, rowTexts } from '../support/component.ts';

const values = (partitions: readonly Partition[]): unknown[] => partitions.map((partition) => partition.values);
const list = (fields: string, config = {}) => make('partition_router', `type: ListPartitionRouter\n${fields}`, config);

test('a list gives one partition for each value, with its type', async () => {
  const router = list('cursor_field: state\nvalues: [active, 7, true]');
  expect(values(await all(router.partitions()))).toEqual([{ state: 'active' }, { state: 7 }, { state: true }]);
});

test('the list can come from the config', async () => {
  const router = list('cursor_field: "{{ config.f }}"\nvalues: "{{ config.v }}"', { f: 'x', v: ['1', '2'] });
  expect(values(await all(router.partitions()))).toEqual([{ x: '1' }, { x: '2' }]);
});

test('what is no list is an error that quotes it', () => {
  expect(() => list('cursor_field: x\nvalues: "{{ config.v }}"', { v: 'a,b' })).toThrow(
    new ConfigError('"a,b" is no list of values to read by. Correct it in the config.'),
  );
});

test('a list injects its value, unless it is empty', () => {
  const router = list('cursor_field: x\nvalues: []\nrequest_option: { inject_into: request_parameter, field_name: p }');
  expect(router.inject({ values: { x: 5 }, extraFields: {} })).toEqual({ params: { p: 5 } });
  expect(router.inject({ values: { x: '' }, extraFields: {} })).toEqual({});
  expect(list('cursor_field: x\nvalues: []').inject({ values: { x: 5 }, extraFields: {} })).toEqual({});
});

/** YAML of a stream of a list at a path, indented for a flow mapping. */
const stream = (name: string, path: string, more = ''): string =>
  `{ name: ${name}, retriever: { requester: { url_base: https://example.com, path: "${path}" }, record_selector: { extractor: { field_path: [] } }${more} } }`;

const substream = (fields: string, parent: string): string =>
  `type: SubstreamPartitionRouter\nparent_stream_configs:\n  - parent_key: id\n    partition_field: parent_id\n${fields}    stream: ${parent}\n`;

const groups = [
  { id: 1, name: 'one', owner: { email: 'a@b' } },
  { id: null },
  { name: 'no id' },
  { id: 12345678901, name: 'two' },
];

test('a substream gives one partition for each record of its parent that has the key', async () => {
  const { send } = fakeSend({ 'GET /groups': () => reply(200, groups) });
  const { component } = build('partition_router', substream('', stream('groups', 'groups')), { send });
  const partitions = await all(component.partitions());
  expect(partitions).toMatchObject([
    { values: { parent_id: 1, parent_slice: {} }, extraFields: {} },
    { values: { parent_id: 12345678901, parent_slice: {} }, extraFields: {} },
  ]);
  expect(partitions.map(({ parentRecord }) => parentRecord?.value())).toEqual([groups[0], groups[3]]);
});

test('extra fields of the parent record come by their joined path, null when they are not there', async () => {
  const { send } = fakeSend({ 'GET /groups': () => reply(200, groups) });
  const yaml = substream('    extra_fields: [[name], [owner, email]]\n', stream('groups', 'groups'));
  const { component } = build('partition_router', yaml, { send });
  expect((await all(component.partitions())).map(({ extraFields }) => extraFields)).toEqual([
    { name: 'one', 'owner.email': 'a@b' },
    { name: 'two', 'owner.email': null },
  ]);
});

test('a parent key can lead into objects, and is injected where the option says', async () => {
  const { send } = fakeSend({ 'GET /groups': () => reply(200, groups) });
  const option = '    request_option: { inject_into: header, field_name: X-Owner }\n';
  const yaml = substream(option, stream('groups', 'groups')).replace('parent_key: id', 'parent_key: owner/email');
  const { component } = build('partition_router', yaml, { send });
  const [partition] = await all(component.partitions());
  expect(partition?.values).toEqual({ parent_id: 'a@b', parent_slice: {} });
  expect(partition && component.inject(partition)).toMatchObject({ headers: { 'X-Owner': 'a@b' } });
});

test('a parent that is itself a substream hands its own partition down as parent_slice', async () => {
  const { send } = fakeSend({
    'GET /groups': () => reply(200, [{ id: 1 }, { id: 2 }]),
    'GET /groups/1/users': () => reply(200, [{ id: 11 }]),
    'GET /groups/2/users': () => reply(200, [{ id: 21 }, { id: 22 }]),
  });
  const router = `{ type: SubstreamPartitionRouter, parent_stream_configs: [{ parent_key: id, partition_field: group, stream: ${stream('groups', 'groups')} }] }`;
  const users = stream('users', 'groups/{{ stream_partition.group }}/users', `, partition_router: ${router}`);
  const { component } = build('partition_router', substream('', users), { send });
  expect(values(await all(component.partitions()))).toEqual([
    { parent_id: 11, parent_slice: { group: 1, parent_slice: {} } },
    { parent_id: 21, parent_slice: { group: 2, parent_slice: {} } },
    { parent_id: 22, parent_slice: { group: 2, parent_slice: {} } },
  ]);
});

test('the parents are read lazily: a partition comes before the next parent is asked for', async () => {
  const { send, sent } = fakeSend({
    'GET /a': () => reply(200, [{ id: 1 }]),
    'GET /b': () => reply(200, [{ id: 2 }]),
  });
  const second = `  - { parent_key: id, partition_field: other_id, stream: ${stream('b', 'b')} }\n`;
  const { component } = build('partition_router', substream('', stream('a', 'a')) + second, { send });
  const iterator = component.partitions()[Symbol.asyncIterator]();
  expect(((await iterator.next()).value as Partition).values).toMatchObject({ parent_id: 1 });
  expect(sent).toHaveLength(1);
  expect(((await iterator.next()).value as Partition).values).toMatchObject({ other_id: 2 });
});

/** What the partitions of these parents are, each a stream at its path; one with an exclamation mark is a fallback. */
async function partitionsOf(parents: string, answers: Parameters<typeof fakeSend>[0]): Promise<unknown[]> {
  const configs = parents.split(' ').map((name) => {
    const [path = '', mark] = name.split('!');
    return `  - { parent_key: id, partition_field: id, fallback: ${String(mark !== undefined)}, stream: ${stream(path, path)} }\n`;
  });
  const yaml = `type: SubstreamPartitionRouter\nparent_stream_configs:\n${configs.join('')}`;
  const { component } = build('partition_router', yaml, { send: fakeSend(answers).send });
  return (await all(component.partitions())).map((partition) => partition.values['id']);
}
const rows = (id: number) => () => reply(200, [{ id }]);
const ignored = () => undefined;

test.each([
  ['a b!', { 'GET /a': rows(1) }, [1]],
  ['a b!', { 'GET /a': () => reply(200, []) }, []],
  ['a b!', { 'GET /a': ignored, 'GET /b': rows(2) }, [2]],
  ['a b c!', { 'GET /a': ignored, 'GET /b': rows(2), 'GET /c': rows(3) }, [2, 3]],
  ['a b! c!', { 'GET /a': ignored, 'GET /b': rows(2) }, [2]],
  ['a b! c!', { 'GET /a': ignored, 'GET /b': ignored, 'GET /c': rows(3) }, [3]],
  ['a! b', { 'GET /b': rows(2) }, [2]],
])('of the parents %s, a fallback (!) is read only where one before it was ignored', async (parents, answers, ids) => {
  expect(await partitionsOf(parents, answers)).toEqual(ids);
});

/** The rows of a stream of details, of which the second is ignored. */
async function detailsOf(fields: string, details: string): Promise<string[]> {
  const yaml = `type: SimpleRetriever\n${fields}\nrequester: { url_base: https://example.com, path: "groups/{{ stream_partition.parent_id }}" }\nrecord_selector: ${details}\npartition_router:\n${substream('', stream('groups', 'groups')).replaceAll(/^/gm, '  ')}`;
  const { send } = fakeSend({
    'GET /groups': () => reply(200, '[{"id":1},{"id":2,"n":1.10}]'),
    'GET /groups/1': () => reply(200, { id: 1, size: 5 }),
    'GET /groups/2': ignored,
  });
  const { component } = build('retriever', yaml, { send });
  const texts = [];
  for (const partition of await all(component.partitions())) {
    texts.push(...(await rowTexts(await component.retrieve(partition))));
  }
  return texts;
}

test('with parent_record_when_ignored, the record of the parent stands in for a reply that is ignored', async () => {
  const whole = '{ extractor: { field_path: [] } }';
  expect(await detailsOf('parent_record_when_ignored: true', whole)).toEqual([
    '{"id":1,"size":5}',
    '{"id":2,"n":1.10}',
  ]);
  expect(await detailsOf('', whole)).toEqual(['{"id":1,"size":5}']);
});

test('what stands in is selected as a reply is', async () => {
  const selector = '{ extractor: { field_path: [] }, record_filter: { condition: "{{ record.id == 1 }}" } }';
  expect(await detailsOf('parent_record_when_ignored: true', selector)).toEqual(['{"id":1,"size":5}']);
});

const retriever = (routers: string): string =>
  `type: SimpleRetriever\nrequester: { url_base: https://example.com, path: "{{ stream_partition.a }}/{{ stream_partition.b }}" }\nrecord_selector: { extractor: { field_path: [] } }\npartition_router: ${routers}`;

test('several routers give every combination, the first one outermost', async () => {
  const routers =
    '[{ type: ListPartitionRouter, cursor_field: a, values: [1, 2], request_option: { inject_into: request_parameter, field_name: p } }, { type: ListPartitionRouter, cursor_field: b, values: [x, y], request_option: { inject_into: header, field_name: X-B } }]';
  const { send, sent } = fakeSend({ 'GET /1/x': () => reply(200, []) });
  const { component } = build('retriever', retriever(routers), { send });
  const partitions = await all(component.partitions());
  expect(values(partitions)).toEqual([
    { a: 1, b: 'x' },
    { a: 1, b: 'y' },
    { a: 2, b: 'x' },
    { a: 2, b: 'y' },
  ]);
  if (partitions[0]) await rowTexts(await component.retrieve(partitions[0]));
  expect(sent[0]).toMatchObject({ params: { p: 1 }, headers: { 'X-B': 'x' } });
});

test('without a router there is one empty partition', async () => {
  const { component } = build('retriever', retriever('[]'));
  expect(values(await all(component.partitions()))).toEqual([{}]);
});

test('an ignored reply of a partition has no rows', async () => {
  const { send } = fakeSend({ 'GET /': () => undefined });
  const { component } = build('retriever', retriever('[]'), { send });
  expect(await component.retrieve({ values: {}, extraFields: {} })).toBeUndefined();
});
