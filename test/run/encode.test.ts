// What stands on the wire.
import { expect, test } from 'vitest';
import type { OutgoingRequest, PartialParts } from '../../engine/components/kinds.ts';
import { encode } from '../../engine/run/encode.ts';
import { GET_THING } from '../support/sender.ts';

const encoded = (request: Partial<OutgoingRequest>, credentials: PartialParts = {}) => {
  const { method, url, headers, body } = encode({ ...GET_THING, ...request }, credentials);
  return { method, url: url.href, headers: Object.fromEntries(headers), body };
};

test('a plain request stays plain', () => {
  expect(encoded({})).toEqual({
    method: 'GET',
    url: 'https://example.com/thing',
    headers: { accept: '*/*' },
    body: undefined,
  });
});

test.each<[string, PartialParts, Partial<ReturnType<typeof encoded>>]>([
  ['a header', { headers: { 'X-Key': 'k' } }, { headers: { accept: '*/*', 'x-key': 'k' } }],
  ['a parameter', { params: { key: 'k' } }, { url: 'https://example.com/thing?key=k' }],
  ['a field of a JSON body', { bodyJson: { key: 'k' } }, { body: '{"key":"k"}' }],
  ['a field of a form', { bodyForm: { key: 'k' } }, { body: 'key=k' }],
])('credentials can be %s', (_, credentials, expected) => {
  expect(encoded({}, credentials)).toMatchObject(expected);
});

test('credentials win over what the request says', () => {
  const request = { headers: { 'x-key': 'mine' }, params: { key: 'mine' }, bodyJson: { key: 'mine', other: 1 } };
  const { url, headers, body } = encoded(request, {
    headers: { 'x-key': 'true' },
    params: { key: 'true' },
    bodyJson: { key: 'true' },
  });
  expect([url, headers['x-key'], JSON.parse(body ?? '')]).toEqual([
    'https://example.com/thing?key=true',
    'true',
    { key: 'true', other: 1 },
  ]);
});

test('credentials win over a header that differs in case only', () => {
  expect(encoded({ headers: { 'X-KEY': 'mine' } }, { headers: { 'x-key': 'true' } }).headers['x-key']).toBe('true');
});

test('a list repeats its name; null, undefined and empty text leave it out', () => {
  const { url } = encoded({ params: { a: [1, null, 'b'], c: null, d: undefined, e: '', f: 0, g: false, h: [] } });
  expect(url).toBe('https://example.com/thing?a=1&a=b&f=0&g=False');
});

test('the same holds for a form', () => {
  expect(encoded({ bodyForm: { a: [1, 2], c: null, d: 'x y&z' } }).body).toBe('a=1&a=2&d=x+y%26z');
});

test("what the URL's own query says is not said twice", () => {
  const { url } = encoded({ url: 'https://example.com/thing?a=1&b=x%20y', params: { a: ['1', '2'], b: 'x y', c: 3 } });
  expect(new URL(url).searchParams.toString()).toBe('a=1&b=x+y&a=2&c=3');
});

test('the query of the URL stays as it is when there are no parameters', () => {
  const url = 'https://example.com/thing?b=x%20y&a=%2F&c';
  expect(encoded({ url }).url).toBe(url);
});

test('a text body is sent as it is, and without a type', () => {
  const { body, headers } = encoded({ method: 'POST', bodyText: ' {"a": 1.10} ' });
  expect([body, headers['content-type']]).toEqual([' {"a": 1.10} ', undefined]);
});

test.each([
  [{ bodyJson: { a: 1 } }, 'application/json'],
  [{ bodyForm: { a: 1 } }, 'application/x-www-form-urlencoded'],
  [{ bodyJson: { a: 1 }, headers: { 'Content-Type': 'application/special' } }, 'application/special'],
])('the body %j has the type %s', (request, type) => {
  expect(encoded(request).headers['content-type']).toBe(type);
});

test('the request itself stays as it was', () => {
  const request = { ...GET_THING, params: { a: 1 }, headers: { b: 'c' } };
  const before = structuredClone(request);
  encode(request, { params: { a: 2 }, headers: { b: 'd' } });
  expect(request).toEqual(before);
});
