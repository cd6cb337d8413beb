// What is said of a request that will not be tried again.
import { expect, test } from 'vitest';
import type { Verdict } from '../../engine/components/kinds.ts';
import { BrokenReplyError, ConfigError } from '../../engine/errors.ts';
import { failureOf, statusText } from '../../engine/run/failure.ts';
import { reply } from '../support/component.ts';
import { GET_THING } from '../support/sender.ts';

const request = { ...GET_THING, url: 'https://example.com/thing?key=SECRET' };
const fail: Verdict = { action: 'FAIL', failureType: 'config_error' };
const failure = (status: number, body: unknown, verdict = fail) =>
  failureOf(request, { reply: reply(status, body) }, verdict);

test.each([
  [403, '403 Forbidden'],
  [418, "418 I'm a Teapot"],
  [599, '599'],
])('%d is %s', (status, text) => {
  expect(statusText(status)).toBe(text);
});

test('the status, the request without its query, the words of the server and what to do are told', async () => {
  const error = await failure(403, "You don't have permissions to do that.");
  expect(error).toBeInstanceOf(ConfigError);
  expect(error.message).toBe(
    'Request failed with status code 403 Forbidden: GET https://example.com/thing. ' +
      'The server said: "You don\'t have permissions to do that.". The credentials lack the right to read this.',
  );
});

test('what the server said in JSON is quoted as it came', async () => {
  expect((await failure(400, { errors: { id: 'no' } })).message).toContain(
    String.raw`The server said: "{\"errors\":{\"id\":\"no\"}}".`,
  );
});

test('300 characters are quoted at most', async () => {
  const { message } = await failure(500, 'x'.repeat(1000));
  expect(/"(x+)"/.exec(message)?.[1]).toHaveLength(300);
});

test.each(['', '  \n', '<!DOCTYPE html><p>Bad gateway', '\n <html>'])('%j is not quoted', async (body) => {
  expect((await failure(502, body)).message).toBe(
    'Request failed with status code 502 Bad Gateway: GET https://example.com/thing. The server has a problem; try again later.',
  );
});

test('the message of the manifest comes first, the details are kept for the log', async () => {
  const error = await failure(401, 'Nope.', { ...fail, message: 'Check the key.' });
  expect(error.message).toBe('Check the key. (GET https://example.com/thing answered 401 Unauthorized.)');
  expect(error.internalMessage).toContain('The server said: "Nope."');
});

test('a connection without a reply is told with its reason', async () => {
  const error = new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND example.com') });
  const told = await failureOf(request, { error }, { action: 'FAIL', failureType: 'transient_error' });
  expect(told.message).toBe(
    'GET https://example.com/thing got no answer: getaddrinfo ENOTFOUND example.com. Check the URL and the network.',
  );
  expect([told.failureType, told.cause]).toEqual(['transient_error', error]);
});

test('a broken reply speaks for itself, unless the manifest has words for it', async () => {
  const error = new BrokenReplyError('The reply broke off.');
  expect(await failureOf(request, { error }, fail)).toBe(error);
  expect((await failureOf(request, { error }, { ...fail, message: 'Own words.' })).message).toBe('Own words.');
});

const reader = { name: 'parents', stream: 'things', needs: 'the rights of an administrator' };
const refused = (status: number, verdict: Verdict) => failureOf(request, { reply: reply(status) }, verdict, reader);

test.each([402, 403, 404])('%d of a stream that not everybody can read says what it needs', async (status) => {
  const error = await refused(status, { action: 'FAIL', failureType: 'system_error' });
  expect(error).toBeInstanceOf(ConfigError);
  expect(error.message).toBe(
    `Request failed with status code ${statusText(status)}: GET https://example.com/thing. ` +
      'The stream "things" needs the rights of an administrator. Provide that, or leave the stream out of the sync.',
  );
});

test('what it needs comes after the message of the manifest, and with no other status', async () => {
  const verdict: Verdict = { action: 'FAIL', failureType: 'system_error', message: 'Not for you.' };
  const error = await refused(403, verdict);
  expect([error.failureType, error.message]).toEqual([
    'config_error',
    'Not for you. (GET https://example.com/thing answered 403 Forbidden.) ' +
      'The stream "things" needs the rights of an administrator. Provide that, or leave the stream out of the sync.',
  ]);
  const other = await refused(400, verdict);
  expect([other.failureType, other.message]).toEqual([
    'system_error',
    'Not for you. (GET https://example.com/thing answered 400 Bad Request.)',
  ]);
});
