// Paginators and their strategies: which requests they make, and when they stop.
import { expect, test } from 'vitest';
import type { JsonObject } from '../../engine/text/json.ts';
import { all, build, fakeSend, make, reply, rowTexts, type Sent } from '../support/component.ts';

/** A server of pages: the answer to each request, in order. */
type Answers = readonly (ReturnType<typeof reply> | undefined)[];

/** More fields of the components, as YAML. */
interface More {
  readonly requester?: string;
  readonly selector?: string;
  readonly retriever?: string;
  readonly config?: JsonObject;
}

interface Reading {
  readonly sent: Sent[];
  readonly ids: unknown[];
  readonly thrown: unknown;
}

const PARTITION = { values: { group: 7 }, extraFields: {} };

/** Reads all pages of a partition with a paginator. */
async function read(paginator: string, answers: Answers, more: More = {}): Promise<Reading> {
  const { requester = '', selector = '', retriever = '', config = {} } = more;
  const left = [...answers];
  const { send, sent } = fakeSend({
    'GET /items': () => left.shift(),
    'GET /next': () => left.shift(),
    'POST /items': () => left.shift(),
  });
  const yaml = `
type: SimpleRetriever
requester: { url_base: https://example.com/, path: items, ${requester} }
record_selector: { extractor: { field_path: [items] }, ${selector} }
${retriever}
paginator:
  type: DefaultPaginator
${paginator.replaceAll(/^/gm, '  ')}`;
  const { component } = build('retriever', yaml, { send, config });
  const ids: unknown[] = [];
  let thrown: unknown;
  try {
    for await (const row of (await component.retrieve(PARTITION)) ?? []) ids.push(row.value()['id']);
  } catch (error) {
    thrown = error;
  }
  return { sent, ids, thrown };
}

/** A reply with these ids, and more beside them. */
const page = (ids: readonly unknown[], more: JsonObject = {}, headers: Record<string, string> = {}) =>
  reply(200, { items: ids.map((id) => ({ id })), ...more }, headers);

const paramsOf = ({ sent }: Reading): unknown[] => sent.map(({ params }) => params);

const offset = (strategy: string): string => `
pagination_strategy: { type: OffsetIncrement, ${strategy} }
page_size_option: { inject_into: request_parameter, field_name: limit }
page_token_option: { inject_into: request_parameter, field_name: offset }`;

test('an offset counts the records before the page; a page with fewer than page_size is the last', async () => {
  const reading = await read(offset('page_size: 2'), [page([1, 2]), page([3, 4]), page([5])]);
  expect(reading.ids).toEqual([1, 2, 3, 4, 5]);
  expect(paramsOf(reading)).toEqual([{ limit: 2 }, { limit: 2, offset: 2 }, { limit: 2, offset: 4 }]);
});

test('a last page that is full is followed by an empty one', async () => {
  const reading = await read(offset('page_size: 2'), [page([1, 2]), page([])]);
  expect([reading.ids, reading.sent.length]).toEqual([[1, 2], 2]);
});

test('the first request says the offset 0 when it is to', async () => {
  const reading = await read(offset('page_size: 2, inject_on_first_request: true'), [page([1])]);
  expect(paramsOf(reading)).toEqual([{ limit: 2, offset: 0 }]);
});

test('without a page_size the pages end with an empty one', async () => {
  const strategy = offset('').replace(/page_size_option.*\n/, '');
  const reading = await read(strategy, [page([1, 2]), page([3]), page([])]);
  expect(paramsOf(reading)).toEqual([{}, { offset: 2 }, { offset: 3 }]);
});

test('the page size can come from the config, as a number or as its text', async () => {
  for (const size of [2, '2']) {
    const reading = await read(offset('page_size: "{{ config.size }}"'), [page([1])], { config: { size } });
    expect(paramsOf(reading)).toEqual([{ limit: 2 }]);
  }
});

test('a page size of the reply decides when it is over', async () => {
  const strategy = offset('page_size: "{{ response.size }}"').replace(/page_size_option.*\n/, '');
  const reading = await read(strategy, [page([1, 2], { size: 2 }), page([3], { size: 2 })]);
  expect(reading.ids).toEqual([1, 2, 3]);
});

test.each(['0', '-1', '1.5', 'many', ''])('a page size of "%s" is an error', (size) => {
  expect(() => make('pagination_strategy', 'type: PageIncrement\npage_size: "{{ config.size }}"', { size })).toThrow(
    `"${size}" is no page_size. Give a whole number above 0.`,
  );
});

test('records that a filter leaves out count for the page', async () => {
  const selector = 'record_filter: { condition: "{{ record.id > 2 }}" }';
  const reading = await read(offset('page_size: 2'), [page([1, 2]), page([3])], { selector });
  expect(reading.ids).toEqual([3]);
});

test('records pass through the pages as the bytes that came', async () => {
  const { send } = fakeSend({ 'GET /items': () => reply(200, '[{"n": 1.10}, {"n":2, "n":3}]') });
  const yaml = `
type: SimpleRetriever
requester: { url: https://example.com/items }
record_selector: { extractor: { field_path: [] } }
paginator: { type: DefaultPaginator, pagination_strategy: { type: PageIncrement, page_size: 3 } }`;
  const { component } = build('retriever', yaml, { send });
  expect(await rowTexts(await component.retrieve(PARTITION))).toEqual(['{"n": 1.10}', '{"n":2, "n":3}']);
});

const pages = (strategy: string): string => `
pagination_strategy: { type: PageIncrement, ${strategy} }
page_token_option: { inject_into: header, field_name: X-Page }`;
const headersOf = ({ sent }: Reading): unknown[] => sent.map(({ headers }) => headers['X-Page']);

test('pages count from 0, and the first request does not say so', async () => {
  const reading = await read(pages('page_size: 1'), [page([1]), page([2]), page([])]);
  expect([reading.ids, headersOf(reading)]).toEqual([
    [1, 2],
    [undefined, '1', '2'],
  ]);
});

test('pages count from start_from_page, and the first request says so when it is to', async () => {
  const reading = await read(pages('start_from_page: 1, inject_on_first_request: true'), [page([1]), page([])]);
  expect(headersOf(reading)).toEqual(['1', '2']);
});

const cursor = (strategy: string, option = '{ inject_into: request_parameter, field_name: cursor }'): string => `
pagination_strategy:
  type: CursorPagination
${strategy.replaceAll(/^/gm, '  ')}
page_token_option: ${option}`;

test('a cursor of the reply asks for the next page, until there is none', async () => {
  const reading = await read(cursor('cursor_value: "{{ response.next }}"'), [
    page([1], { next: 'a' }),
    page([2], { next: 'b' }),
    page([3]),
  ]);
  expect(reading.ids).toEqual([1, 2, 3]);
  expect(paramsOf(reading)).toEqual([{}, { cursor: 'a' }, { cursor: 'b' }]);
});

test.each([null, '', {}, [], 0, '0', false, 'None'])('the cursor %j ends the pages', async (next) => {
  expect((await read(cursor('cursor_value: "{{ response.next }}"'), [page([1], { next })])).ids).toEqual([1]);
});

test('a cursor that is a number keeps its digits', async () => {
  const reading = await read(cursor('cursor_value: "{{ response.next }}"'), [
    reply(200, '{"items": [{"id": 1}], "next": 12345678901234567890}'),
    page([2]),
  ]);
  expect(String((reading.sent[1]?.params as { cursor: unknown }).cursor)).toBe('12345678901234567890');
});

test('the last record that the filter left, and how many it left, can decide', async () => {
  const strategy =
    'page_size: 2\ncursor_value: "{{ last_record.id }}"\nstop_condition: "{{ last_page_size < page_size }}"';
  const selector = 'record_filter: { condition: "{{ record.id < 9 }}" }';
  const reading = await read(cursor(strategy), [page([1, 2]), page([3, 9])], { selector });
  expect(paramsOf(reading)).toEqual([{}, { cursor: 2 }]);
});

test('a page without records has no last record', async () => {
  const reading = await read(cursor('cursor_value: "{{ last_record[\'id\'] }}"'), [page([1]), page([])]);
  expect([reading.ids, reading.thrown]).toEqual([[1], undefined]);
});

test('a header can be the cursor, in whatever case its name is written', async () => {
  const reading = await read(cursor('cursor_value: "{{ headers[\'X-Next\'] }}"'), [
    page([1], {}, { 'x-next': 'two' }),
    page([2]),
  ]);
  expect(paramsOf(reading)).toEqual([{}, { cursor: 'two' }]);
});

test('the Link header is known by rel', async () => {
  const link =
    '<https://example.com/next?page=1>; rel="prev", <https://example.com/next?page=3&a=b,c>; title=x; rel=next';
  const reading = await read(
    cursor("cursor_value: \"{{ headers['link']['next']['url'] }}\"", '{ type: RequestPath }'),
    [
      page([1], {}, { Link: link }),
      page([2], {}, { Link: '<https://example.com/items>; rel="next"' }),
      page([3], {}, { Link: '<https://example.com/items>' }),
    ],
  ).catch((thrown: unknown) => thrown);
  expect((reading as Reading).sent.map(({ url }) => url)).toEqual([
    'https://example.com/items',
    'https://example.com/next?page=3&a=b,c',
    'https://example.com/items',
  ]);
});

test.each([
  ['next?page=2', 'https://example.com/next?page=2'],
  ['/next', 'https://example.com/next'],
  ['https://example.com/next#x', 'https://example.com/next#x'],
])('a token in the place of the path: %s', async (next, url) => {
  const reading = await read(cursor('cursor_value: "{{ response.next }}"', '{ type: RequestPath }'), [
    page([1], { next }),
    page([2]),
  ]);
  expect(reading.sent[1]?.url).toBe(url);
});

test('a next page at another address does not get the credentials', async () => {
  const requester = 'authenticator: { type: ApiKeyAuthenticator, api_token: x, header: X-Key }';
  const { thrown } = await read(
    cursor('cursor_value: "{{ response.next }}"', '{ type: RequestPath }'),
    [page([1], { next: 'https://elsewhere.example.com/items' })],
    { requester },
  );
  expect((thrown as Error).message).toContain(
    'would go to https://elsewhere.example.com, but the credentials are those',
  );
});

test('the request can take the token in a template', async () => {
  const requester =
    'http_method: POST, request_body_json: { after: "{{ next_page_token.next_page_token if next_page_token else \'start\' }}" }';
  const strategy = cursor('cursor_value: "{{ response.next }}"').replace(/page_token_option.*/, '');
  const { sent } = await read(strategy, [page([1], { next: 'a' }), page([2])], { requester });
  expect(sent.map(({ bodyJson }) => bodyJson)).toEqual([{ after: 'start' }, { after: 'a' }]);
});

test('a token goes beside what the body has in the same object', async () => {
  const requester = 'http_method: POST, request_body_json: { paging: { size: 2 } }';
  const strategy = cursor(
    'cursor_value: "{{ response.next }}"',
    '{ inject_into: body_json, field_path: [paging, after] }',
  );
  const { sent } = await read(strategy, [page([1], { next: 'a' }), page([2])], { requester });
  expect(sent[1]?.bodyJson).toEqual({ paging: { size: 2, after: 'a' } });
});

const router =
  'partition_router: { type: ListPartitionRouter, values: [7], cursor_field: group, request_option: { inject_into: request_parameter, field_name: group } }';

test('what the partition injects is in the request of every page', async () => {
  const reading = await read(offset('page_size: 1'), [page([1]), page([])], { retriever: router });
  expect(paramsOf(reading)).toEqual([
    { limit: 1, group: 7 },
    { limit: 1, group: 7, offset: 1 },
  ]);
});

test('what the partition injects can be left out where there is a page token', async () => {
  const retriever = `${router}\nignore_stream_slicer_parameters_on_paginated_requests: true`;
  const reading = await read(offset('page_size: 1'), [page([1]), page([])], { retriever });
  expect(paramsOf(reading)).toEqual([
    { limit: 1, group: 7 },
    { limit: 1, offset: 1 },
  ]);
});

test('pages after the first say so, for they do not wait for replies behind them', async () => {
  const { sent } = await read(offset('page_size: 1'), [page([1]), page([])]);
  expect(sent.map(({ options }) => options.isNextPage)).toEqual([false, true]);
});

test('a page is asked for when the one before has been read, not earlier', async () => {
  const { send, sent } = fakeSend({ 'GET /items': () => page([1, 2]) });
  const yaml = `
type: SimpleRetriever
requester: { url: https://example.com/items }
record_selector: { extractor: { field_path: [items] } }
paginator: { type: DefaultPaginator, pagination_strategy: { type: PageIncrement } }`;
  const { component } = build('retriever', yaml, { send });
  const iterator = (await component.retrieve(PARTITION))?.[Symbol.asyncIterator]();
  await iterator?.next();
  await iterator?.next();
  expect(sent).toHaveLength(1);
});

test('an ignored reply ends the pages', async () => {
  const reading = await read(offset('page_size: 1'), [page([1]), undefined]);
  expect([reading.ids, reading.thrown]).toEqual([[1], undefined]);
});

test('a server that answers every page with the same records is an error, not a sync without end', async () => {
  const { thrown, sent } = await read(offset('page_size: 2'), [page([1, 2]), page([1, 2]), page([1, 2])]);
  expect(sent).toHaveLength(2);
  expect((thrown as Error).message).toMatch(
    /^stream: GET .* answered with the same records twice in a row, so it does not/,
  );
});

test('a server that gives the token it was asked with is an error, also when its pages are empty', async () => {
  const { thrown } = await read(cursor('cursor_value: "{{ response.next }}"'), [
    page([1], { next: 'a' }),
    page([], { next: 'a' }),
  ]);
  expect((thrown as Error).message).toContain('answered with the page token it had been asked with');
});

test('empty pages may follow one another', async () => {
  const reading = await read(cursor('cursor_value: "{{ response.next }}"'), [
    page([], { next: 'a' }),
    page([], { next: 'b' }),
    page([1]),
  ]);
  expect([reading.ids, reading.thrown]).toEqual([[1], undefined]);
});

test('a page that is not what is expected is asked for again, and its records are counted once', async () => {
  const wrong = reply(200, '<html>');
  const answers = [page([1, 2]), wrong, page([3])];
  const { send: plain, sent } = fakeSend({ 'GET /items': () => answers.shift() });
  const send: typeof plain = async (request, options) => {
    const first = await plain(request, options);
    return first && { ...first, again: () => send(request, options) };
  };
  const yaml = `
type: SimpleRetriever
requester: { url: https://example.com/items }
record_selector: { extractor: { field_path: [items] } }
paginator:
  type: DefaultPaginator
${offset('page_size: 2').replaceAll(/^/gm, '  ')}`;
  const { component } = build('retriever', yaml, { send });
  expect((await all((await component.retrieve(PARTITION)) ?? [])).map((row) => row.value()['id'])).toEqual([1, 2, 3]);
  expect(sent.map(({ params }) => params)).toEqual([{ limit: 2 }, { limit: 2, offset: 2 }, { limit: 2, offset: 2 }]);
});

test('a page_size_option without a page_size is refused', () => {
  const yaml = `type: DefaultPaginator\n${offset('')}`;
  expect(() => make('paginator', yaml)).toThrow(
    'has a page_size_option, but its pagination_strategy no page_size. Give it one, or take the option away.',
  );
});

test('no pagination is one request', async () => {
  const { send, sent } = fakeSend({ 'GET /items': () => page([1, 2]) });
  const yaml = `
type: SimpleRetriever
requester: { url: https://example.com/items }
record_selector: { extractor: { field_path: [items] } }
paginator: { type: NoPagination }`;
  const { component } = build('retriever', yaml, { send });
  expect(await all((await component.retrieve(PARTITION)) ?? [])).toHaveLength(2);
  expect(sent).toHaveLength(1);
});

test('a RequestPath is for page tokens only', () => {
  expect(() => make('request_option', 'type: RequestPath').parts(1)).toThrow(
    'RequestPath is for page_token_option only',
  );
});

test('a page size that the request has another value for is an error: one of them would be lost', async () => {
  const requester = 'request_parameters: { limit: 100 }';
  const { thrown } = await read(offset('page_size: 2'), [], { requester });
  expect((thrown as Error).message).toContain('"limit" has two values in one request: 100 of the requester, and 2 of');
  expect((await read(offset('page_size: 100'), [page([1])], { requester })).ids).toEqual([1]);
});
