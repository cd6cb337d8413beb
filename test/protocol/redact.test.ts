// Secrets stay secret.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRedactor } from '../../engine/protocol/redact.ts';

function redacted<T>(value: T, ...secrets: string[]): T {
  const redactor = createRedactor();
  for (const secret of secrets) redactor.add(secret);
  return redactor.redact(value);
}

const SECRET = 'pä ss/w"ö+rd=1';

test.each([
  ['as it is', SECRET],
  ['in a URL', encodeURIComponent(SECRET)],
  ['in a path', encodeURI(SECRET)],
  ['in a form', new URLSearchParams({ a: SECRET }).toString().slice(2)],
  ['in base64', Buffer.from(SECRET).toString('base64')],
  ['in base64 without its end', Buffer.from(SECRET).toString('base64').replace(/=+$/, '')],
  ['in base64 of URLs', Buffer.from(SECRET).toString('base64url')],
  ['inside JSON', JSON.stringify(SECRET).slice(1, -1)],
  ['inside JSON inside JSON', JSON.stringify(JSON.stringify(SECRET)).slice(3, -3)],
])('a secret is replaced %s', (_, spelling) => {
  // The last character of base64 may stay: it depends on what stands behind.
  expect(redacted(`before ${spelling} after`, SECRET)).toMatch(/^before \*{4}\w?={0,2} after$/);
});

test('a password in the header of basic authentication is replaced', () => {
  const header = `Basic ${Buffer.from('ada@example.com:correct horse battery').toString('base64')}`;
  const text = redacted(header, 'correct horse battery');
  expect(text).toContain('****');
});

test('every occurrence is replaced', () => {
  expect(redacted('abc abc', 'abc')).toBe('**** ****');
});

test('the longer one of two secrets goes first', () => {
  expect(redacted('token-12345 token', 'token', 'token-12345')).toBe('**** ****');
});

test.each(['', 'a', 'ab'])('%j is too short to be replaced', (secret) => {
  expect(redacted('a cabin', secret)).toBe('a cabin');
});

test('values inside values are redacted, and nothing else changes', () => {
  const value = { a: ['abc', 1, null, true, { b: 'x abc' }], n: 1.5, u: undefined };
  expect(redacted(value, 'abc')).toEqual({ a: ['****', 1, null, true, { b: 'x ****' }], n: 1.5, u: undefined });
  expect(value.a[0]).toBe('abc');
});

test('without secrets everything stays as it is', () => {
  expect(redacted({ a: ['abc'] })).toEqual({ a: ['abc'] });
});

test('no text around it shows a secret', () => {
  const texts = fc.string({ maxLength: 20 });
  fc.assert(
    fc.property(texts, texts, fc.string({ minLength: 8, maxLength: 30 }), (before, after, secret) => {
      fc.pre(!before.includes('*') && !after.includes('*') && !secret.includes('*'));
      expect(redacted(before + secret + after, secret)).not.toContain(secret);
    }),
  );
});
