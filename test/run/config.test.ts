// The files a user gives.
import { expect, test } from 'vitest';
import {
  checkConfig,
  configuredStreams,
  streamStates,
  readConfig,
  readJsonFile,
  secretsIn,
} from '../../engine/config.ts';
import { ConfigError } from '../../engine/errors.ts';
import { withFiles } from '../support/files.ts';

const reading = (text: string): unknown =>
  withFiles({ 'config.json': text }, (folder) => readConfig(`${folder}/config.json`));

test('a config is the object in its file', () => {
  expect(reading('{"api_key": "k", "n": {"a": [1]}}')).toEqual({ api_key: 'k', n: { a: [1] } });
});

test('a byte order mark before it does no harm', () => {
  expect(reading('\uFEFF{"a":1}')).toEqual({ a: 1 });
});

test('a file that cannot be read is named, with its flag', () => {
  const read = (): unknown => readJsonFile('/nowhere/state.json', '--state');
  expect(read).toThrow(ConfigError);
  expect(read).toThrow('The file that --state names cannot be read: /nowhere/state.json. Check the path.');
});

test.each(['', '{', "{'api_key': 'S3CRET'}", '{"a": S3CRET}'])('%j is not JSON, and is not quoted', (text) => {
  expect(() => reading(text)).toThrow(ConfigError);
  expect(() => reading(text)).toThrow(/^The file that --config names is not JSON: .*config\.json\. Correct it\.$/);
});

test.each(['[]', '1', '"S3CRET"', 'null', 'true'])('the config %s is no object', (text) => {
  expect(() => reading(text)).toThrow(
    /^The config in .*config\.json has to be a JSON object: \{ "name": value, … \}\.$/,
  );
});

const SCHEMA = {
  type: 'object',
  required: ['url'],
  properties: { url: { type: 'string', pattern: '^https' }, n: { type: 'integer', minimum: 1 } },
};

test('a config that fits is let through, with fields that nobody knows', async () => {
  await expect(checkConfig({ url: 'https://x', other: 1 }, SCHEMA)).resolves.toBeUndefined();
});

test('every field that does not fit is named, and no value', async () => {
  const failure = checkConfig({ n: 'S3CRET' }, SCHEMA);
  await expect(failure).rejects.toThrow(ConfigError);
  await expect(failure).rejects.toThrow(/"url" is missing.*"n" must be integer.*"spec" lists the fields/);
  await expect(checkConfig({ url: 'S3CRET' }, SCHEMA)).rejects.toThrow(/^(?!.*S3CRET)The config does not fit: .*url/);
});

const SECRET = { type: 'string', airbyte_secret: true };

test.each([
  [{ a: 's' }, { properties: { a: SECRET, b: SECRET } }, ['s']],
  [{ a: 's', b: 'plain' }, { properties: { a: SECRET, b: { type: 'string' } } }, ['s']],
  [{ a: { b: { c: 's' } } }, { properties: { a: { properties: { b: { properties: { c: SECRET } } } } } }, ['s']],
  [{ a: 12345 }, { properties: { a: { airbyte_secret: true } } }, ['12345']],
  [{ a: null }, { properties: { a: SECRET } }, []],
  [
    { a: { kind: 'key', key: 's' } },
    { properties: { a: { oneOf: [{ properties: { pw: SECRET } }, { properties: { key: SECRET } }] } } },
    ['s'],
  ],
  [{ a: 's' }, { anyOf: [{ properties: { a: SECRET } }] }, ['s']],
  [{ a: 's' }, { allOf: [{ properties: { a: SECRET } }] }, ['s']],
  [{ a: ['s', 't'] }, { properties: { a: { items: SECRET } } }, ['s', 't']],
  [{ a: [{ key: 's', b: 1 }] }, { properties: { a: { items: { properties: { key: SECRET } } } } }, ['s']],
  [{ a: 's' }, {}, []],
  [{ a: 's' }, null, []],
  ['text', { properties: { a: SECRET } }, []],
])('the secrets of %j by %j are %j', (config, schema, secrets) => {
  expect(secretsIn(config, schema)).toEqual(secrets);
});

const streamsOf = (...streams: unknown[]): unknown => configuredStreams({ streams });

test('the configured streams are those of the catalog, in its order', () => {
  const named = (name: string, sync_mode: string): object => ({ stream: { name }, sync_mode });
  expect(streamsOf(named('b', 'full_refresh'), named('a', 'incremental'))).toEqual([
    { name: 'b', syncMode: 'full_refresh' },
    { name: 'a', syncMode: 'incremental' },
  ]);
  expect(streamsOf()).toEqual([]);
});

test.each([[null], [[]], [{}], [{ streams: {} }]])('%j is no configured catalog', (catalog) => {
  expect(() => configuredStreams(catalog)).toThrow(
    'The configured catalog has no list of "streams". It looks like this: { "streams": [{ "stream": { "name": ',
  );
});

test.each([[null], [{}], [{ stream: 'users' }], [{ stream: { name: 1 } }]])('%j is no configured stream', (stream) => {
  const good = { stream: { name: 'a' }, sync_mode: 'full_refresh' };
  expect(() => streamsOf(good, stream)).toThrow(
    'Stream 2 of the configured catalog has no name. Give it one that discover lists.',
  );
});

test('an unknown sync mode is named', () => {
  expect(() => streamsOf({ stream: { name: 'a' }, sync_mode: 'fast' })).toThrow(
    'The stream "a" of the configured catalog asks for the sync_mode "fast"; it is full_refresh or incremental.',
  );
});

const cursor = { day: '2026-11-01' };

test.each([
  ['messages of streams', [{ type: 'STREAM', stream: { stream_descriptor: { name: 'a' }, stream_state: cursor } }]],
  [
    'messages with the nulls that PyAirbyte adds',
    [{ type: 'STREAM', stream: { stream_descriptor: { name: 'a' }, stream_state: cursor }, global: null, data: null }],
  ],
  [
    'a global message',
    [{ type: 'GLOBAL', global: { stream_states: [{ stream_descriptor: { name: 'a' }, stream_state: cursor }] } }],
  ],
  ['an object by stream', { a: cursor }],
  ['a legacy message', [{ type: 'LEGACY', data: { a: cursor } }]],
])('the state of a stream is found in %s', (_, state) => {
  expect([streamStates(state)('a'), streamStates(state)('b')]).toEqual([cursor, undefined]);
});

test.each([null, [], {}, [null], [{ type: 'STREAM' }], { a: null }])('no state is none: %j', (state) => {
  expect(streamStates(state)('a')).toBeUndefined();
});

test('a state of another kind is an error', () => {
  expect(() => streamStates('yesterday')).toThrow(
    'The state has to be a list of state messages. Give what the last sync wrote, or [] to read everything.',
  );
});
