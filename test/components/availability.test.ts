// Whether a stream can be read by everybody: what is asked, and what is said when the server refuses.
import { expect, test } from 'vitest';
import type { OutgoingRequest } from '../../engine/components/kinds.ts';
import type { AskOptions } from '../../engine/components/scope.ts';
import type { Runtime } from '../../engine/run/build.ts';
import { all, build, fakeSend, reply } from '../support/component.ts';

/** A `isOffered` that knows these paths, and remembers what it was asked for. */
function fakeAsk(answers: Record<string, boolean>) {
  const asked: OutgoingRequest[] = [];
  const options: AskOptions[] = [];
  const isOffered: Runtime['isOffered'] = (request, ofRequest) => {
    asked.push(request);
    options.push(ofRequest);
    const answer = answers[new URL(request.url).pathname];
    return answer === undefined ? Promise.reject(new Error(`unexpected: ${request.url}`)) : Promise.resolve(answer);
  };
  return { isOffered, asked, options };
}

const requester = (path: string): string => `{ url_base: https://example.com, path: "${path}" }`;
const streamOf = (path: string, more = '', ofRetriever = ''): string =>
  `{ type: DeclarativeStream, name: ${path.split('/')[0] ?? ''}, ${more}retriever: { requester: ${requester(path)}, record_selector: { extractor: { field_path: [] } }${ofRetriever} } }`;
const available = 'availability: { needs: a right }, ';

test('a stream that says nothing can be read by everybody', () => {
  expect(build('stream', streamOf('users')).component.availability).toBeUndefined();
});

test.each([true, false])("the stream's own first request tells: %s", async (answer) => {
  const { isOffered, asked } = fakeAsk({ '/users': answer });
  const router =
    ', partition_router: { type: ListPartitionRouter, cursor_field: f, values: [a, b], request_option: { inject_into: request_parameter, field_name: f } }';
  const { availability } = build('stream', streamOf('users', available, router), { isOffered }).component;
  expect(availability?.needs).toBe('a right');
  expect(await availability?.isOffered()).toBe(answer);
  expect(asked.map(({ params }) => params)).toEqual([{ f: 'a' }]);
});

test('the first request of a stream with parents is that of the first parent', async () => {
  const { isOffered } = fakeAsk({ '/groups': false });
  const parents = ['groups', 'others'].map(
    (path) => `{ parent_key: id, partition_field: p, stream: ${streamOf(path)} }`,
  );
  const router = `, partition_router: { type: SubstreamPartitionRouter, parent_stream_configs: [${parents.join(', ')}] }`;
  const yaml = streamOf('users/{{ stream_partition.p }}', available, router);
  expect(await build('stream', yaml, { isOffered }).component.availability?.isOffered()).toBe(false);
});

test.each([
  [{ '/groups': true }, true],
  [{ '/groups': false, '/teams': true }, true],
  [{ '/groups': false, '/teams': false }, false],
])('with a fallback it is the first parent that is there: %j is %s', async (answers, isThere) => {
  const { isOffered, options } = fakeAsk(answers);
  const parents = ['groups', 'teams'].map(
    (path, index) => `{ parent_key: id, partition_field: p, fallback: ${index === 1}, stream: ${streamOf(path)} }`,
  );
  const router = `, partition_router: { type: SubstreamPartitionRouter, parent_stream_configs: [${parents.join(', ')}] }`;
  const { availability } = build('stream', streamOf('users', available, router), { isOffered }).component;
  expect(await availability?.isOffered()).toBe(isThere);
  expect(options.map(({ hasFallback }) => hasFallback)).toEqual(
    [true, undefined].slice(0, Object.keys(answers).length),
  );
});

test('another request can tell, when the own one takes long', async () => {
  const { isOffered } = fakeAsk({ '/cheap': true });
  const yaml = streamOf('users', `availability: { needs: a right, requester: ${requester('cheap')} }, `);
  expect(await build('stream', yaml, { isOffered }).component.availability?.isOffered()).toBe(true);
});

test.each([
  { answers: [false, true], isOffered: true },
  { answers: [false, false], isOffered: false },
])('of several requests one that is not refused is enough: $answers', async ({ answers, isOffered }) => {
  const [first = false, second = false] = answers;
  const fake = fakeAsk({ '/new': first, '/old': second });
  const yaml = streamOf(
    'users',
    `availability: { needs: a right, requester: [${requester('new')}, ${requester('old')}] }, `,
  );
  const { availability } = build('stream', yaml, { isOffered: fake.isOffered }).component;
  expect(await availability?.isOffered()).toBe(isOffered);
});

test('a list without values asks for nothing, and its stream can be read', async () => {
  const router = ', partition_router: { type: ListPartitionRouter, cursor_field: f, values: [] }';
  const { availability } = build('stream', streamOf('users', available, router)).component;
  expect(await availability?.isOffered()).toBe(true);
});

test('all requests of the stream and of its parents know what it needs, its login does not', async () => {
  const login = `{ type: SessionTokenAuthenticator, login_requester: ${requester('login')}, session_token_path: [id], request_authentication: { type: Bearer } }`;
  const parent = streamOf('groups').replace('path: "groups"', `path: "groups", authenticator: ${login}`);
  const router = `, partition_router: { type: SubstreamPartitionRouter, parent_stream_configs: [{ parent_key: id, partition_field: p, stream: ${parent} }] }`;
  const { send, sent } = fakeSend({
    'GET /login': () => reply(200, { id: 't' }),
    'GET /groups': () => reply(200, [{ id: 1 }]),
    'GET /users/1': () => reply(200, []),
  });
  const yaml = streamOf('users/{{ stream_partition.p }}', available, router);
  const { retriever } = build('stream', yaml, {
    send: async (request, options) => {
      await options.authenticator.credentials();
      return send(request, options);
    },
  }).component;
  for (const partition of await all(retriever.partitions())) await retriever.retrieve(partition);
  expect(sent.map(({ url, options }) => [new URL(url).pathname, options.needs])).toEqual([
    ['/login', undefined],
    ['/groups', 'a right'],
    ['/users/1', 'a right'],
  ]);
});
