// Requests: where values go, how URLs are joined, and what stands on the wire in the end.
import { expect, test } from 'vitest';
import { mergeParts } from '../../engine/components/parts.ts';
import { joinUrl } from '../../engine/components/url.ts';
import { ConfigError, SystemError } from '../../engine/errors.ts';
import { encode } from '../../engine/run/encode.ts';
import type { Partition, PartialParts } from '../../engine/components/kinds.ts';
import { build, fakeSend, make, reply } from '../support/component.ts';

test.each([
  ['inject_into: header\nfield_name: X-Key', { headers: { 'X-Key': '5' } }],
  ['inject_into: request_parameter\nfield_name: key', { params: { key: 5 } }],
  ['inject_into: body_data\nfield_name: key', { bodyForm: { key: 5 } }],
  ['inject_into: body_json\nfield_name: key', { bodyJson: { key: 5 } }],
  ['inject_into: body_json\nfield_path: [a, b]', { bodyJson: { a: { b: 5 } } }],
  ['inject_into: request_parameter\nfield_name: "{{ config.name }}"', { params: { fromConfig: 5 } }],
])('a request option puts a value where it says: %s', (yaml, parts) => {
  expect(make('request_option', `type: RequestOption\n${yaml}`, { name: 'fromConfig' }).parts(5)).toEqual(parts);
});

test('a request option without a name is an error when it is built', () => {
  expect(() => make('request_option', 'type: RequestOption\ninject_into: header')).toThrow(SystemError);
});

test('of equal parts the first one wins', () => {
  expect(mergeParts({ headers: { a: '1' } }, { headers: { a: '2', b: '3' }, params: { c: 4 } })).toMatchObject({
    headers: { a: '1', b: '3' },
    params: { c: 4 },
  });
});

test.each([
  ['https://x.com/api', 'users', 'https://x.com/api/users'],
  ['https://x.com/api/', '/users', 'https://x.com/api/users'],
  ['https://x.com/api', '', 'https://x.com/api'],
  ['https://x.com/api/', '', 'https://x.com/api/'],
  ['https://x.com', 'https://y.com/a', 'https://y.com/a'],
  ['', 'https://y.com/a', 'https://y.com/a'],
  ['https://x.com/a?b=1', '', 'https://x.com/a?b=1'],
])('%j and %j make %s', (base, path, url) => {
  expect(joinUrl(base, path)).toBe(url);
});

interface Setup {
  config?: Record<string, unknown>;
  partition?: Partition;
  inject?: PartialParts;
}

/** The request that a requester sends, as it stands on the wire. */
async function wire(fields: string, { config = {}, partition, inject = {} }: Setup = {}) {
  const sender = fakeSend({ 'GET /a': () => reply(200), 'POST /a': () => reply(200), 'GET /a/5': () => reply(200) });
  const { component, logs } = build('requester', `type: HttpRequester\n${fields}`, { config, send: sender.send });
  await component.send({ inject, ...(partition && { partition }) });
  const [sent] = sender.sent;
  if (!sent) throw new Error('nothing was sent');
  const { url, headers, body, method } = encode(sent, {});
  return { method, url: url.href, headers: Object.fromEntries(headers), body, logs, options: sent.options };
}

const BASE = 'url: https://example.com/a\n';

test.each([
  ['{ a: x }', 'a=x'],
  ['{ a: [1, 2] }', 'a=1&a=2'],
  ['{ a: "{{ config.list }}" }', 'a=p&a=q'],
  ['{ a: "{{ none }}", b: "", c: "{{ config.missing }}", d: 0, e: "{{ false }}" }', 'd=0&e=False'],
  ['{ "{{ config.name }}": "a b&c" }', 'key=a+b%26c'],
])('parameters %s are sent as %s', async (parameters, query) => {
  const config = { list: ['p', 'q'], name: 'key' };
  const { url } = await wire(`${BASE}request_parameters: ${parameters}`, { config });
  expect(url).toBe(`https://example.com/a?${query}`);
});

test('what stands in the query of the URL already is not said twice', async () => {
  const { url } = await wire('url: https://example.com/a?x=1&y=2\nrequest_parameters: { x: "1", y: "3" }');
  expect(url).toBe('https://example.com/a?x=1&y=2&y=3');
});

test('a parameter that the requester and the partition say differently is an error', async () => {
  const yaml = `${BASE}request_parameters: { p: own }`;
  const { url } = await wire(yaml, { inject: { params: { p: 'own', q: 'y' } } });
  expect(url).toBe('https://example.com/a?p=own&q=y');
  await expect(wire(yaml, { inject: { params: { p: 'x' } } })).rejects.toThrow(
    '"p" has two values in one request: own of the requester, and x of a page, a partition or a cursor.',
  );
});

test('a GET request may name a body as long as it is empty', async () => {
  const { url } = await wire('url: https://example.com/a\nrequest_body_json: {}\nrequest_body_data: ""');
  expect(url).toBe('https://example.com/a');
});

test('path, parameters and headers know the partition', async () => {
  const partition = { values: { id: 5, parent_slice: {} }, extraFields: { name: 'n' } };
  const { url, headers } = await wire(
    'url_base: https://example.com\npath: a/{{ stream_partition.id }}\nrequest_parameters: { n: "{{ stream_slice.extra_fields.name }}" }\nrequest_headers: { X-Id: "{{ stream_interval[\'id\'] }}" }',
    { partition },
  );
  expect(url).toBe('https://example.com/a/5?n=n');
  expect(headers['x-id']).toBe('5');
});

test('header values are text as Python prints it', async () => {
  const { headers } = await wire(`${BASE}request_headers: { X-A: 5, X-B: "{{ true }}", X-C: "{{ config.t }}" }`, {
    config: { t: '007' },
  });
  expect(headers).toMatchObject({ 'x-a': '5', 'x-b': 'True', 'x-c': '007' });
});

test('a header of the manifest replaces the one that is sent by itself', async () => {
  const { headers } = await wire(`${BASE}request_headers: { Accept: application/json }`);
  expect(headers['accept']).toBe('application/json');
});

test.each([
  ['request_body_json: { a: "{{ config.digits }}", b: [1] }', '{"a":"007","b":[1]}', 'application/json'],
  ['request_body_json: \'{"a": "{{ config.digits }}"}\'', '{"a":"007"}', 'application/json'],
  ['request_body_data: { a: "{{ config.digits }}", b: x y }', 'a=007&b=x+y', 'application/x-www-form-urlencoded'],
  ['request_body_data: raw {{ config.digits }}', 'raw 007', undefined],
  ['request_body: { type: RequestBodyJsonObject, value: { a: 1 } }', '{"a":1}', 'application/json'],
  ['request_body: { type: RequestBodyUrlEncodedForm, value: { a: 1 } }', 'a=1', 'application/x-www-form-urlencoded'],
  ['request_body: { type: RequestBodyPlainText, value: "{{ config.digits }}" }', '007', undefined],
])('the body %s is %s', async (field, body, type) => {
  const sent = await wire(`${BASE}http_method: POST\n${field}`, { config: { digits: '007' } });
  expect([sent.method, sent.body, sent.headers['content-type']]).toEqual(['POST', body, type]);
});

test('a content type of the manifest stays', async () => {
  const { headers } = await wire(
    `${BASE}http_method: POST\nrequest_headers: { content-type: application/x }\nrequest_body_json: { a: 1 }`,
  );
  expect(headers['content-type']).toBe('application/x');
});

test('a body that is no object is an error that says so', async () => {
  await expect(wire(`${BASE}http_method: POST\nrequest_body_json: "[1]"`)).rejects.toThrow(
    'request_body_json has to be an object',
  );
});

test.each(['not a url', '/only/path', ''])('the URL %j is refused', async (url) => {
  await expect(wire('url: "{{ config.url }}"', { config: { url } })).rejects.toThrow(ConfigError);
});

test('a requester without a URL is an error when it is built', () => {
  expect(() => make('requester', 'type: HttpRequester\npath: a')).toThrow('needs url or url_base');
});

test.each([
  'https://example.com/a',
  'http://localhost:3000/a',
  'http://127.0.0.9/a',
  'http://[::1]/a',
  'http://x.localhost/a',
])('require_https lets %s through', async (url) => {
  expect((await wire(`url: ${url}\nrequire_https: true`)).logs).toEqual([]);
});

test.each(['http://example.com/a', 'http://10.0.0.1/a', 'http://127.example.com/a', 'http://localhost.example.com/a'])(
  'require_https refuses %s',
  async (url) => {
    await expect(wire(`url: ${url}\nrequire_https: true`)).rejects.toThrow(ConfigError);
  },
);

test('an http URL that is allowed is warned about once', async () => {
  const { send } = fakeSend({ 'GET /a': () => reply(200) });
  const yaml = 'type: HttpRequester\nurl: http://example.com/a\nrequire_https: "{{ not config.insecure }}"';
  const { component, logs } = build('requester', yaml, { config: { insecure: true }, send });
  await component.send({});
  await component.send({});
  expect(logs).toEqual(['WARN Credentials travel unencrypted to http://example.com: use https if you can.']);
});

test('credentials are not sent to another address than the base of the URL', async () => {
  const yaml =
    'url_base: https://example.com/\npath: "{{ stream_partition.url }}"\nauthenticator: { type: BearerAuthenticator, api_token: x }';
  const partition = { values: { url: 'https://evil.example/a' }, extraFields: {} };
  await expect(wire(yaml, { partition })).rejects.toThrow('They are not sent to another address');
  expect((await wire(yaml, { partition: { values: { url: 'https://example.com/a' }, extraFields: {} } })).url).toBe(
    'https://example.com/a',
  );
});

test('a URL that only a partition completes does not stand in the way of building', async () => {
  const partition = { values: { id: 'a' }, extraFields: {} };
  const { url } = await wire('url: "{{ \'https://example.com/\' + stream_partition.id }}"', { partition });
  expect(url).toBe('https://example.com/a');
});

test('the requester hands its error handler and the ignored statuses on', async () => {
  const sender = fakeSend({ 'GET /a': () => reply(401) });
  const yaml = `type: HttpRequester\n${BASE}error_handler: { max_retries: 2 }`;
  const { component } = build('requester', yaml, { send: sender.send });
  expect(await component.send({ ignore: [401] })).toBeUndefined();
  expect(sender.sent[0]?.options.errorHandler?.maxRetries).toBe(2);
});
