// What `new stream` and `new connector` write is right at once: the manifest has no problem, and the test holds.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { read } from '../../bin/cli/manifest.ts';
import { credentials, type CredentialsName, newConnector } from '../../engine/authoring/new/new-connector.ts';
import { newStream } from '../../engine/authoring/new/new-stream.ts';
import type { SampleOptions } from '../../engine/authoring/new/sample.ts';
import { formatDiagnostic } from '../../engine/manifest/diagnostic.ts';
import type { HttpClient } from '../../engine/run/http.ts';
import { runFiles } from '../../engine/testing/run-files.ts';
import type { JsonObject } from '../../engine/text/json.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'new-stream-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const manifestPath = (): string => join(folder, 'manifest.yaml');
const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8');
const valueOf = (name: string): JsonObject => parse(textOf(name)) as JsonObject;

/** A server that answers `METHOD /path?query` with JSON text, and nothing else. */
const serverOf =
  (replies: Record<string, string>): HttpClient =>
  (url, { method }) => {
    const text = replies[`${method} ${url.pathname}${url.search}`];
    if (text === undefined) return Promise.reject(new Error(`unexpected: ${method} ${url.href}`));
    async function* body(): AsyncIterable<Uint8Array> {
      yield await Promise.resolve(Buffer.from(text ?? ''));
    }
    return Promise.resolve({ status: 200, headers: new Headers({ 'content-type': 'application/json' }), body: body() });
  };

/** Writes a stream into the folder. */
async function write(options: Partial<SampleOptions> = {}) {
  const made = await newStream({
    ...{
      manifest: read(manifestPath()),
      name: 'things',
      endpoint: 'things',
      clock: { now: Date.now, sleep: () => Promise.resolve() },
      client: serverOf({}),
    },
    ...{ primaryKey: undefined, recordsAt: undefined, config: undefined },
    ...options,
  });
  for (const [path, text] of made.files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return made;
}

/** Everything that is wrong with the manifest and the test of the stream. */
async function problems(name = 'things'): Promise<string[]> {
  const { tree, diagnostics } = read(manifestPath());
  const run = await runFiles([join(folder, `test/streams/${name}.yaml`)], { tree: tree as JsonObject, folder });
  expect(run.results.length).toBeGreaterThan(0);
  const differences = run.results.flatMap(({ differences }) => differences);
  return [...diagnostics, ...run.diagnostics].map(formatDiagnostic).concat(differences);
}

const connector = (auth: CredentialsName = 'none'): void =>
  writeFileSync(
    manifestPath(),
    newConnector({ title: 'Shop', url: 'https://shop.example.com/api/', auth, editorSchema: undefined }),
  );

test.each(Object.keys(credentials) as CredentialsName[])(
  'a connector with credentials "%s" takes a stream',
  async (auth) => {
    connector(auth);
    expect(read(manifestPath()).diagnostics.map(formatDiagnostic)).toEqual([]);
    await write();
    expect(await problems()).toEqual([]);
    expect(valueOf('manifest.yaml')).toMatchObject({
      check: { stream_names: ['things'] },
      streams: [{ $ref: 'streams/things.yaml' }],
    });
  },
);

test('of what the server answers come path of the records, schema, primary key and test', async () => {
  connector('bearer');
  const rows = Array.from({ length: 5 }, (_, index) => `{"id":900719925474099${index},"price":1.10,"at":"2026-01-02"}`);
  const client = serverOf({ 'GET /api/things?kind=all': `{"data":[${rows.join(',')}],"total":5,"token":"a-secret"}` });
  const config = { api_token: 'my-token' };
  const made = await write({ endpoint: '/things?kind=all', client, config });
  expect(made).toMatchObject({ recordCount: 5, recordsAt: ['data'], primaryKey: ['id'] });
  expect(valueOf('streams/things.yaml')).toMatchObject({
    retriever: {
      requester: { $ref: '#/definitions/requester', path: 'things', request_parameters: { kind: 'all' } },
      record_selector: { extractor: { field_path: ['data'], required: true, expect: 'list' } },
    },
  });
  expect(valueOf('schemas/things.json')['properties']).toEqual({
    id: { type: ['null', 'integer'] },
    price: { type: ['null', 'number'] },
    at: { type: ['null', 'string'], format: 'date' },
  });
  const text = textOf('test/streams/things.yaml');
  expect(text).toContain('- id: 9007199254740990\n              price: 1.10\n');
  expect(text.match(/price: /g)).toHaveLength(2);
  expect(text).not.toMatch(/my-token|a-secret/);
  expect(await problems()).toEqual([]);
});

const LOGIN = `
version: 7.39.1
type: DeclarativeSource
check: { type: CheckStream, stream_names: [a] } # keep me
streams:
  - '#/definitions/streams/a'   # of the Builder
definitions:
  base:
    type: HttpRequester
    url_base: https://shop.example.com/
    authenticator:
      type: SessionTokenAuthenticator
      login_requester:
        type: HttpRequester
        url_base: https://shop.example.com/
        path: login
        http_method: POST
        request_body_json: { user: "{{ config['user'] }}", password: "{{ config['password'] }}" }
      session_token_path: [auth, token]
      request_authentication: { type: Bearer }
  other: { type: HttpRequester, url_base: https://elsewhere.example.com/ }
  streams:
    a:
      type: DeclarativeStream
      name: a
      retriever:
        type: SimpleRetriever
        requester: { $ref: '#/definitions/base', path: a }
        record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
      schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: {} } }
spec:
  type: Spec
  connection_specification:
    type: object
    required: [user, password, since]
    properties:
      user: { type: string }
      password: { type: string, airbyte_secret: true }
      since: { type: string, pattern: '^\\d{4}-\\d{2}-\\d{2}$' }
`;

test('a manifest of others: the requester that its streams use, the login too, and every other byte stays', async () => {
  writeFileSync(manifestPath(), LOGIN);
  await write();
  expect(await problems()).toEqual([]);
  expect(valueOf('streams/things.yaml')).toMatchObject({ retriever: { requester: { $ref: '#/definitions/base' } } });
  expect(valueOf('test/streams/things.yaml')).toMatchObject({ config: { since: '2026-01-01' } });
  expect(textOf('manifest.yaml').replace('  - $ref: streams/things.yaml\n', '')).toBe(LOGIN);
});

test('what a login answered is no part of the test', async () => {
  writeFileSync(manifestPath(), LOGIN);
  const client = serverOf({
    'POST /login': '{"auth":{"token":"t0ps3cret"},"name":"Ada"}',
    'GET /things': '[{"uid":"a"}]',
  });
  const config = { user: 'ada', password: 'p4ssw0rd', since: '2026-01-01' };
  expect(await write({ client, config })).toMatchObject({ primaryKey: [], recordsAt: [] });
  expect(textOf('test/streams/things.yaml')).not.toMatch(/t0ps3cret|p4ssw0rd|Ada/);
  expect(await problems()).toEqual([]);
});

test('without a definition to refer to, the stream has the address and the credentials of another', async () => {
  const inline = LOGIN.replace(
    "{ $ref: '#/definitions/base', path: a }",
    '{ type: HttpRequester, url_base: https://a.example.com/, path: a }',
  );
  writeFileSync(manifestPath(), inline.replace(/ {2}base:[^]*?(?= {2}streams:)/, ''));
  await write();
  expect(await problems()).toEqual([]);
  expect(valueOf('streams/things.yaml')).toMatchObject({
    retriever: { requester: { url_base: 'https://a.example.com/' } },
  });
});

test('our own manifest takes a stream', async () => {
  const root = resolve(import.meta.dirname, '../..');
  for (const name of ['manifest.yaml', 'streams', 'schemas'])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  const before = textOf('manifest.yaml');
  await write({ endpoint: 'thing', primaryKey: ['card_id', 'name'], recordsAt: ['data', 'rows'] });
  expect(await problems()).toEqual([]);
  expect(valueOf('streams/things.yaml')).toMatchObject({
    retriever: { requester: { $ref: '#/definitions/requester' } },
  });
  expect(textOf('streams/things.yaml')).toMatch(
    /^# yaml-language-server: \$schema=\.\.\/engine\/generated\/manifest\.schema\.json\n/,
  );
  expect(textOf('manifest.yaml').replace('  - $ref: streams/things.yaml\n', '')).toBe(before);
});

test('one object as a reply is one record', async () => {
  connector();
  const client = serverOf({ 'GET /api/things': '{"id":7,"tags":["a"],"owner":{"id":1}}' });
  await expect(write({ client, config: {}, recordsAt: [] })).resolves.toMatchObject({
    recordCount: 1,
    primaryKey: ['id'],
  });
  expect(await problems()).toEqual([]);
});

test('nothing there yet is a stream too', async () => {
  connector();
  await write({ client: serverOf({ 'GET /api/things': '[]' }), config: {}, primaryKey: ['key'] });
  expect(await problems()).toEqual([]);
});

test.each([
  ['a name that is none', { name: 'a/b' }, '"a/b" cannot be a name'],
  ['an address in place of a path', { endpoint: 'https://example.com/a' }, 'the path after the address'],
  ['a reply that cannot be read', { config: {}, client: serverOf({}) }, 'unexpected: GET'],
  [
    'several lists',
    { config: {}, client: serverOf({ 'GET /api/things': '{"a":[{}],"b":[{}]}' }) },
    'several lists: a, b. Say which of them has the records: --records-at a.',
  ],
])('%s is told, and nothing is written', async (_, options, words) => {
  connector();
  const before = textOf('manifest.yaml');
  await expect(write(options)).rejects.toThrow(words);
  expect(textOf('manifest.yaml')).toBe(before);
});

test('nothing is overwritten', async () => {
  connector();
  await write();
  await expect(write()).rejects.toThrow('The manifest has a stream "things" already');
  mkdirSync(join(folder, 'schemas'), { recursive: true });
  writeFileSync(join(folder, 'schemas/others.json'), '{}');
  await expect(write({ name: 'others' })).rejects.toThrow('schemas/others.json would be lost');
});
