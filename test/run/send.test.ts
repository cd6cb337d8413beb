// A request until it has its reply: credentials, verdicts, waits, retries.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Authenticator, ErrorHandler, Verdict } from '../../engine/components/kinds.ts';
import { BrokenReplyError, ConfigError, SystemError, TransientError } from '../../engine/errors.ts';
import { createSlots } from '../../engine/run/slots.ts';
import { make } from '../support/component.ts';
import { json, piecewise } from '../support/http.ts';
import { GET_THING, NOON, noAuth, sender } from '../support/sender.ts';
import { settle } from '../support/turns.ts';

const status = (code: number, headers: Record<string, string> = {}, body = ''): Response =>
  new Response(body, { status: code, headers });
const BUSY = status(503);
const OK = new Response('{"id":1}');

/** An error handler as users write it. */
const handler = (yaml: string): ErrorHandler => make('error_handler', `type: DefaultErrorHandler\n${yaml}`);
const verdict = (action: Verdict['action'], more: Partial<Verdict> = {}): ErrorHandler => ({
  judge: () => Promise.resolve({ action, failureType: 'system_error', ...more }),
  delaySeconds: () => Promise.resolve(undefined),
  maxRetries: 5,
});

test('a request carries the credentials of its authenticator', async () => {
  const { sendThing, asked } = sender({ 'GET /thing': OK });
  const authenticator = { credentials: () => Promise.resolve({ headers: { 'X-Key': 'k' } }) };
  const reply = await sendThing({ authenticator });
  expect(await reply?.text()).toBe('{"id":1}');
  expect(asked[0]?.headers['x-key']).toBe('k');
});

test('credentials that come with the request replace those of the authenticator', async () => {
  const { sendThing, asked } = sender({ 'GET /thing': OK });
  const authenticator = { credentials: () => Promise.reject(new Error('not needed')) };
  await sendThing({ authenticator, credentials: { headers: { 'X-Key': 'given' } } });
  expect(asked[0]?.headers['x-key']).toBe('given');
});

test('the limits of time are handed to the client', async () => {
  const { sendThing, asked } = sender({ 'GET /thing': OK });
  await sendThing({ readTimeoutMs: 5000 });
  expect(asked[0]?.init.readTimeoutMs).toBe(5000);
});

test('SUCCESS gives the reply, whatever its status', async () => {
  const { sendThing } = sender({ 'GET /thing': status(404, {}, 'none') });
  expect(await (await sendThing({ errorHandler: verdict('SUCCESS') }))?.text()).toBe('none');
});

test('IGNORE gives no reply, is counted and said', async () => {
  const { sendThing, told, logs } = sender({ 'GET /thing': status(404) });
  expect(await sendThing({ errorHandler: verdict('IGNORE'), stream: 'children' })).toBeUndefined();
  expect(told).toEqual(['children is skipped']);
  expect(logs.at(-1)).toBe('WARN things: left out: GET https://example.com/thing answered 404 Not Found');
});

test('IGNORE of a broken connection is said too, in the words of the manifest if it has some', async () => {
  const { sendThing, logs } = sender({ 'GET /thing': new Error('reset') });
  expect(await sendThing({ errorHandler: verdict('IGNORE') })).toBeUndefined();
  expect(logs.at(-1)).toBe('WARN things: left out: GET https://example.com/thing got no answer');
  await sendThing({ errorHandler: verdict('IGNORE', { message: 'Never mind.' }) });
  expect(logs.at(-1)).toBe('WARN things: left out: Never mind.');
});

test('what is ignored names its partition where the path does not', async () => {
  const { sendThing, logs } = sender({ 'GET /thing': status(404) });
  await sendThing({
    errorHandler: verdict('IGNORE'),
    partition: { kind: 'thing', owner: 7, parent_slice: { f: 'all' } },
  });
  expect(logs.at(-1)).toBe('WARN things: left out (owner 7): GET https://example.com/thing answered 404 Not Found');
});

test('a status that is expected is no warning', async () => {
  const { sendThing, told, logs } = sender({ 'GET /thing': status(401) });
  expect(await sendThing({ ignore: [401] })).toBeUndefined();
  expect([told, logs.filter((line) => line.startsWith('WARN'))]).toEqual([[], []]);
});

test('FAIL fails at once, with the type that the verdict says', async () => {
  const { sendThing, asked } = sender({ 'GET /thing': status(400) });
  await expect(sendThing()).rejects.toThrow(SystemError);
  await expect(sendThing({ errorHandler: verdict('FAIL', { failureType: 'config_error' }) })).rejects.toThrow(
    ConfigError,
  );
  expect(asked).toHaveLength(2);
});

test.each([408, 429, 500, 502, 503])('%d is tried again', async (code) => {
  const { sendThing, asked, told } = sender({ 'GET /thing': [status(code), OK] });
  expect((await sendThing())?.status).toBe(200);
  expect(asked).toHaveLength(2);
  expect(told.at(-1)).toBe('things is retried');
});

test('a connection that is dropped is tried again, and the reason is said', async () => {
  const { sendThing, logs } = sender({
    'GET /thing': [new TypeError('fetch failed', { cause: new Error('other side closed') }), OK],
  });
  expect((await sendThing())?.status).toBe(200);
  expect(logs).toContain('INFO things: other side closed; attempt 2 in 1.0 s.');
});

test('after five retries the last failure is told', async () => {
  const { sendThing, asked } = sender({ 'GET /thing': status(500, {}, 'out of memory') });
  await expect(sendThing()).rejects.toThrow(/500 Internal Server Error.*The server said: "out of memory"/);
  expect(asked).toHaveLength(6);
});

test.each([0, 1, 3])('max_retries: %d is kept', async (retries) => {
  const { sendThing, asked } = sender({ 'GET /thing': BUSY });
  await expect(sendThing({ errorHandler: handler(`max_retries: ${retries}`) })).rejects.toThrow(TransientError);
  expect(asked).toHaveLength(retries + 1);
});

test('a response filter with a limit of its own is asked so often, whatever the handler allows', async () => {
  const errorHandler = handler(
    'max_retries: 9\nresponse_filters: [{ type: HttpResponseFilter, http_codes: [409], action: RETRY, max_retries: 1 }]',
  );
  const { sendThing, asked } = sender({ 'GET /thing': status(409) });
  await expect(sendThing({ errorHandler })).rejects.toThrow('409 Conflict');
  expect(asked).toHaveLength(2);
});

test('each response filter counts its own retries', async () => {
  const filter = (code: number): string =>
    `{ type: HttpResponseFilter, http_codes: [${code}], action: RETRY, max_retries: 1 }`;
  const errorHandler = handler(`max_retries: 0\nresponse_filters: [${filter(409)}, ${filter(423)}]`);
  const { sendThing, asked } = sender({ 'GET /thing': [status(409), status(423), OK] });
  expect((await sendThing({ errorHandler }))?.status).toBe(200);
  expect(asked).toHaveLength(3);
});

test('the wait doubles, up to a minute', async () => {
  const { sendThing, sleeps } = sender({ 'GET /thing': BUSY }, { random: () => 0.999 });
  await expect(sendThing({ errorHandler: handler('max_retries: 7') })).rejects.toThrow();
  expect(sleeps.map((ms) => Math.round(ms / 999))).toEqual([2, 4, 8, 16, 32, 60, 60]);
});

test('the jitter is full: from nothing up to the ceiling', async () => {
  const property = fc.asyncProperty(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), async (random) => {
    const { sendThing, sleeps } = sender({ 'GET /thing': BUSY }, { random: () => random });
    await expect(sendThing()).rejects.toThrow();
    expect(sleeps).toEqual([1, 2, 3, 4, 5].map((attempt) => 1000 * 2 ** attempt * random));
  });
  await fc.assert(property, { numRuns: 20 });
});

test.each([
  ['0', 0],
  ['7', 7000],
  ['1.5', 1500],
  [new Date(NOON + 30_000).toUTCString(), 30_000],
  [new Date(NOON - 30_000).toUTCString(), 0],
  ['soon', 1000],
])('Retry-After: %s', async (header, ms) => {
  const { sendThing, sleeps } = sender({ 'GET /thing': [status(503, { 'retry-after': header }), OK] });
  await sendThing();
  expect(sleeps).toEqual([ms]);
});

test('the strategies of the manifest come before Retry-After', async () => {
  const errorHandler = handler('backoff_strategies: [{ type: ConstantBackoffStrategy, backoff_time_in_seconds: 3 }]');
  const { sendThing, sleeps } = sender({ 'GET /thing': [status(503, { 'retry-after': '9' }), OK] });
  await sendThing({ errorHandler });
  expect(sleeps).toEqual([3000]);
});

test('a rate limit is told to the monitor, with the moment when the stream goes on', async () => {
  const { sendThing, told } = sender({ 'GET /thing': [status(429, { 'retry-after': '20' }), OK] });
  await sendThing({ stream: 'children' });
  expect(told).toEqual(['children is limited for 20000 ms', 'children is retried']);
});

test('a wait that would end after ten minutes is not begun', async () => {
  const { sendThing, asked, sleeps, told } = sender({ 'GET /thing': status(429, { 'retry-after': '601' }) });
  const failure = sendThing();
  await expect(failure).rejects.toThrow(TransientError);
  await expect(failure).rejects.toThrow('The next attempt would be 601 s away: given up. Try again later.');
  expect([asked.length, sleeps, told]).toEqual([1, [], []]);
});

test('all attempts together take ten minutes at most', async () => {
  const { sendThing, asked } = sender({ 'GET /thing': status(503, { 'retry-after': '250' }) });
  await expect(sendThing()).rejects.toThrow('given up');
  expect(asked).toHaveLength(3);
});

/** Credentials that count up with every renewal. */
function renewable(most = Infinity) {
  let number = 1;
  const authenticator: Authenticator = {
    credentials: () => Promise.resolve({ headers: { 'X-Token': `t${number}` } }),
    renew: () => Promise.resolve(++number <= most),
  };
  return authenticator;
}

const UNAUTHENTICATED = status(401, {}, 'Unauthenticated');

test('after a 401 the credentials are renewed once and the request is sent again at once', async () => {
  const { sendThing, asked, sleeps } = sender({ 'GET /thing': [UNAUTHENTICATED, OK] });
  expect((await sendThing({ authenticator: renewable() }))?.status).toBe(200);
  expect(asked.map(({ headers }) => headers['x-token'])).toEqual(['t1', 't2']);
  expect(sleeps).toEqual([]);
});

test('a second 401 is an error of the config that quotes the server', async () => {
  const { sendThing, asked } = sender({ 'GET /thing': UNAUTHENTICATED });
  const failure = sendThing({ authenticator: renewable() });
  await expect(failure).rejects.toThrow(ConfigError);
  await expect(failure).rejects.toThrow('The server said: "Unauthenticated". Check the credentials');
  expect(asked).toHaveLength(2);
});

test.each([
  ['there are no other ones', { authenticator: renewable(1) }],
  ['they cannot be renewed', { authenticator: noAuth }],
  ['they came with the request', { authenticator: renewable(), credentials: {} }],
])('a 401 is final when %s', async (_, options) => {
  const { sendThing, asked } = sender({ 'GET /thing': UNAUTHENTICATED });
  await expect(sendThing(options)).rejects.toThrow(ConfigError);
  expect(asked).toHaveLength(1);
});

test('a renewal that fails is what is told', async () => {
  const authenticator = { ...noAuth, renew: () => Promise.reject(new ConfigError('The password is wrong.')) };
  const { sendThing } = sender({ 'GET /thing': UNAUTHENTICATED });
  await expect(sendThing({ authenticator })).rejects.toThrow('The password is wrong.');
});

const CUT = new BrokenReplyError('The reply broke off.');

test('a reply that turns out broken is asked for again, with the retries that are left', async () => {
  const { sendThing, asked, sleeps } = sender({ 'GET /thing': [BUSY, OK, OK, OK] });
  const errorHandler = handler('max_retries: 3');
  const first = await sendThing({ errorHandler });
  const second = await first?.again(CUT);
  const third = await second?.again(CUT);
  await expect(third?.again(CUT)).rejects.toBe(CUT);
  expect(asked).toHaveLength(4);
  expect(sleeps).toEqual([1000, 2000, 4000]);
});

test('a broken reply is not asked for again when the handler does not want it', async () => {
  const { sendThing, asked } = sender({ 'GET /thing': OK });
  const reply = await sendThing({
    errorHandler: {
      ...verdict('SUCCESS'),
      judge: (outcome) =>
        Promise.resolve({ action: 'error' in outcome ? 'FAIL' : 'SUCCESS', failureType: 'system_error' }),
    },
  });
  await expect(reply?.again(CUT)).rejects.toBe(CUT);
  expect(asked).toHaveLength(1);
});

test('asking again waits for no slot: who holds it may wait for this reply', async () => {
  const slots = createSlots(1);
  const { sendThing } = sender({ 'GET /thing': OK }, { slots });
  const reply = await sendThing();
  await slots.take();
  expect((await reply?.again(CUT))?.status).toBe(200);
});

test('a body that breaks off while the error handler looks into it is an outcome of its own', async () => {
  const broken = () => piecewise(['{"er', new Error('cut')]);
  const { sendThing, asked } = sender({ 'GET /thing': [broken, OK] });
  const errorHandler = handler(
    'response_filters: [{ type: HttpResponseFilter, predicate: "{{ response.error is defined }}", action: FAIL }]',
  );
  expect((await sendThing({ errorHandler }))?.status).toBe(200);
  expect(asked).toHaveLength(2);
});

test('an error inside the error handler is not taken for an outcome', async () => {
  const { sendThing } = sender({ 'GET /thing': OK });
  const failure = new SystemError('The template cannot be rendered.');
  await expect(sendThing({ errorHandler: { ...verdict('FAIL'), judge: () => Promise.reject(failure) } })).rejects.toBe(
    failure,
  );
});

test('a stop during a wait ends it', async () => {
  const abort = new AbortController();
  const stopped = new TransientError('Stopped.');
  const busy = () => {
    abort.abort(stopped);
    return status(503);
  };
  const { sendThing, asked } = sender({ 'GET /thing': busy }, { signal: abort.signal });
  await expect(sendThing()).rejects.toBe(stopped);
  expect(asked).toHaveLength(1);
});

test('a stop during a request is no outcome to try again', async () => {
  const abort = new AbortController();
  const stopped = new TransientError('Stopped.');
  const { sendThing, asked } = sender(
    {
      'GET /thing': () => {
        abort.abort(stopped);
        return new Error('This operation was aborted');
      },
    },
    { signal: abort.signal },
  );
  await expect(sendThing()).rejects.toBe(stopped);
  expect(asked).toHaveLength(1);
});

test.each([
  ['a short reply', () => OK.clone(), {}],
  ['a failure', () => status(400), {}],
  ['an ignored reply', () => status(404), { ignore: [404] }],
  ["a parent's long reply", () => piecewise([Buffer.alloc(200_000), 'x']), { isParent: true }],
])('%s gives its slot back at once', async (_, answer, options) => {
  const slots = createSlots(1);
  const { sendThing } = sender({ 'GET /thing': answer }, { slots });
  await sendThing(options).catch(() => undefined);
  expect(await slots.take()).toHaveProperty('giveBack');
});

test('a long reply keeps its slot until it has been read', async () => {
  const slots = createSlots(1);
  const { sendThing } = sender({ 'GET /thing': () => piecewise([Buffer.alloc(200_000), 'x']) }, { slots });
  const reply = await sendThing();
  let isFree = false;
  void slots.take().then(() => (isFree = true));
  await settle();
  expect(isFree).toBe(false);
  await reply?.text();
  await settle();
  expect(isFree).toBe(true);
});

test('a request keeps its slot from the first attempt to the last', async () => {
  const slots = createSlots(1);
  const order: string[] = [];
  const answer = (name: string, response: Response) => () => {
    order.push(name);
    return response;
  };
  const { sendThing, send } = sender(
    { 'GET /thing': [answer('busy', BUSY), answer('thing', OK)], 'GET /other': answer('other', json({})) },
    { slots },
  );
  const first = sendThing();
  const other = send({ ...GET_THING, url: 'https://example.com/other' }, { name: 'others', authenticator: noAuth });
  await Promise.all([first, other]);
  expect(order).toEqual(['busy', 'thing', 'other']);
});

test('every request is logged for those who debug, without its query', async () => {
  const { send, logs } = sender({ 'GET /thing?key=SECRET': [status(429), OK] });
  await send(
    { ...GET_THING, params: { key: 'SECRET' } },
    { name: 'parents', stream: 'children', authenticator: noAuth },
  );
  expect(logs).toEqual([
    'DEBUG children (parents): GET https://example.com/thing -> 429 Too Many Requests (0 ms)',
    expect.stringContaining('429 Too Many Requests; attempt 2 in 1.0 s.'),
    'DEBUG children (parents): GET https://example.com/thing -> 200 OK (0 ms)',
  ]);
});
