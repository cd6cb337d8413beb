// One request and what came of it.
import { expect, test } from 'vitest';
import { ConfigError } from '../../engine/errors.ts';
import { encode } from '../../engine/run/encode.ts';
import { exchange, reasonOf } from '../../engine/run/exchange.ts';
import { type Answer, fakeClient, json } from '../support/http.ts';
import { GET_THING } from '../support/sender.ts';

const redirect = (location: string, status = 302): Response => new Response('', { status, headers: { location } });

async function run(answers: Record<string, Answer | Answer[]>, request: Partial<typeof GET_THING> = {}) {
  const { client, asked } = fakeClient(answers);
  const encoded = encode({ ...GET_THING, ...request }, { headers: { 'X-Key': 'k' } });
  return { outcome: await exchange(encoded, { client }), asked };
}

test.each([200, 204, 400, 404, 429, 500])('a reply of status %d is an outcome', async (status) => {
  const { outcome } = await run({ 'GET /thing': new Response(null, { status }) });
  expect('reply' in outcome && outcome.reply.status).toBe(status);
});

test.each([301, 302, 303, 307, 308])(
  'a redirect %d within the origin is followed, with the credentials',
  async (status) => {
    const { outcome, asked } = await run({ 'GET /thing': redirect('/there?a=1', status), 'GET /there?a=1': json({}) });
    expect('reply' in outcome && [outcome.reply.status, outcome.reply.url]).toEqual([
      200,
      'https://example.com/there?a=1',
    ]);
    expect(asked.map(({ headers }) => headers['x-key'])).toEqual(['k', 'k']);
  },
);

test('a relative redirect is one from where it was said', async () => {
  const { asked } = await run({
    'GET /thing': redirect('/a/b'),
    'GET /a/b': redirect('c'),
    'GET /a/c': json({}),
  });
  expect(asked.map(({ line }) => line)).toEqual(['GET /thing', 'GET /a/b', 'GET /a/c']);
});

test('five redirects are followed, the sixth is the reply', async () => {
  const { outcome, asked } = await run({ 'GET /thing': redirect('/thing') });
  expect(asked).toHaveLength(6);
  expect('reply' in outcome && outcome.reply.status).toBe(302);
});

test.each([
  'https://evil.example/thing',
  'http://example.com/thing',
  'https://example.com:8443/thing',
  'https://sub.example.com/thing',
  '//evil.example/thing',
  'ftp://example.com/thing',
])('a redirect to %s is refused, and nothing is sent there', async (location) => {
  const { client, asked } = fakeClient({ 'GET /thing': redirect(location) });
  const encoded = encode(GET_THING, { params: { key: 'SECRET' } });
  const failure = exchange(encoded, { client: (url, init) => client(new URL(url.pathname, url), init) });
  await expect(failure).rejects.toThrow(ConfigError);
  await expect(failure).rejects.toThrow(
    /^GET https:\/\/example\.com\/thing is redirected to .*If that is the right one/,
  );
  expect(asked).toHaveLength(1);
});

test('a redirect elsewhere in the middle of others is refused too', async () => {
  await expect(run({ 'GET /thing': redirect('/a'), 'GET /a': redirect('https://evil.example/') })).rejects.toThrow(
    'https://evil.example',
  );
});

test.each(['POST', 'DELETE'])('a %s is not sent again where a redirect leads', async (method) => {
  const { outcome, asked } = await run({ [`${method} /thing`]: redirect('/there') }, { method });
  expect('reply' in outcome && outcome.reply.status).toBe(302);
  expect(asked).toHaveLength(1);
});

test('a POST that is redirected elsewhere is refused', async () => {
  await expect(run({ 'POST /thing': redirect('https://evil.example/') }, { method: 'POST' })).rejects.toThrow(
    ConfigError,
  );
});

test.each(['', 'http://['])('a redirect to nowhere (%j) is a reply', async (location) => {
  const answer = location === '' ? new Response('', { status: 302 }) : redirect(location);
  const { outcome } = await run({ 'GET /thing': answer });
  expect('reply' in outcome && outcome.reply.status).toBe(302);
});

test('a URL with a user name or a password in it is refused before anything is sent', async () => {
  await expect(run({}, { url: 'https://user:pw@example.com/thing' })).rejects.toThrow(ConfigError);
});

test('a connection that fails is an outcome', async () => {
  const reset = new TypeError('fetch failed', { cause: new Error('ECONNRESET') });
  const { outcome } = await run({ 'GET /thing': reset });
  expect(outcome).toEqual({ error: reset });
});

test('a request that is stopped is none', async () => {
  const { client } = fakeClient({});
  const stopped = new Error('stopped');
  await expect(exchange(encode(GET_THING, {}), { client, signal: AbortSignal.abort(stopped) })).rejects.toBe(stopped);
});

test('the innermost reason is told', () => {
  const inner = new Error('connect ECONNREFUSED 127.0.0.1:1');
  expect(reasonOf(new TypeError('fetch failed', { cause: inner }))).toBe(inner.message);
  expect(reasonOf(new TypeError('fetch failed', { cause: new AggregateError([inner, new Error('other')]) }))).toBe(
    inner.message,
  );
  expect(reasonOf(new Error('alone'))).toBe('alone');
  expect(reasonOf(new Error('odd', { cause: 'text' }))).toBe('odd');
});
