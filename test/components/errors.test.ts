// Error handlers, response filters and backoff strategies, with the reference engine's meaning (airbyte-cdk 7.39.1).
import { expect, test } from 'vitest';
import { TransientError } from '../../engine/errors.ts';
import type { Outcome } from '../../engine/components/kinds.ts';
import { build, make, NOON, reply } from '../support/component.ts';

const answered = (status: number, body: unknown = '', headers: Record<string, string> = {}): Outcome => ({
  reply: reply(status, body, headers),
});
const broken: Outcome = { error: new Error('connection reset') };
const handler = (yaml: string, config = {}) => make('error_handler', yaml, config);

test.each([
  [200, 'SUCCESS', undefined],
  [204, 'SUCCESS', undefined],
  [400, 'FAIL', 'system_error'],
  [401, 'FAIL', 'config_error'],
  [403, 'FAIL', 'config_error'],
  [404, 'FAIL', 'system_error'],
  [408, 'RETRY', 'transient_error'],
  [418, 'FAIL', 'system_error'],
  [429, 'RATE_LIMITED', 'transient_error'],
  [500, 'RETRY', 'transient_error'],
  [503, 'RETRY', 'transient_error'],
  [599, 'RETRY', 'transient_error'],
])('without filters the status %d means %s', async (status, action, failureType) => {
  const verdict = await handler('type: DefaultErrorHandler').judge(answered(status));
  expect(verdict).toMatchObject(failureType === undefined ? { action } : { action, failureType });
});

test('a connection that breaks is tried again', async () => {
  expect(await handler('type: DefaultErrorHandler').judge(broken)).toMatchObject({
    action: 'RETRY',
    failureType: 'transient_error',
  });
});

test.each([
  ['http_codes: [404]', answered(404), true],
  ['http_codes: [404]', answered(403), false],
  ['error_message_contains: too many', answered(400, { errors: 'oh, too many attempts' }), true],
  ['error_message_contains: too many', answered(400, 'fine'), false],
  ['predicate: "{{ response[\'code\'] == 7 }}"', answered(200, { code: 7 }), true],
  ['predicate: "{{ response[\'code\'] == 7 }}"', answered(200, { code: '7' }), false],
  ["predicate: \"{{ headers['x-left'] == '0' }}\"", answered(200, '', { 'X-Left': '0' }), true],
  ['predicate: "{{ \'code\' in response }}"', answered(500, '<html>'), false],
  ['http_codes: [500]\nerror_message_contains: x', answered(400, 'x'), true],
  ['body_type: object', answered(200, ' {"code":7}'), true],
  ['body_type: list', answered(200, '[]'), true],
  ['body_type: object', answered(200, '[{"code":7}]'), false],
  ['body_type: object', answered(200, ''), false],
  ['body_type: object\nhttp_codes: [404]', answered(200, '{}'), false],
  ['action: IGNORE', answered(404), false],
  ['http_codes: [404]', broken, false],
])('the filter %s on this outcome matches: %#', async (yaml, outcome, matches) => {
  const filter = make('response_filter', `type: HttpResponseFilter\n${yaml}`);
  expect((await filter.match(outcome)) !== undefined).toBe(matches);
});

test('a filter says what to do, whose problem it is and what to tell', async () => {
  const filter = make(
    'response_filter',
    'type: HttpResponseFilter\nhttp_codes: [404]\naction: FAIL\nfailure_type: config_error\nerror_message: "{{ config.who }}: {{ response[\'message\'] }} ({{ request_url }})"',
    { who: 'me' },
  );
  expect(await filter.match(answered(404, { message: 'gone' }))).toMatchObject({
    action: 'FAIL',
    failureType: 'config_error',
    message: 'me: gone (https://example.com/api/things)',
  });
});

test('a filter without an action leaves that to the status', async () => {
  const filter = make('response_filter', 'type: HttpResponseFilter\nhttp_codes: [404, 500]\nerror_message: ""');
  expect(await filter.match(answered(500))).toMatchObject({ action: 'RETRY', failureType: 'transient_error' });
  expect((await filter.match(answered(404)))?.message).toBeUndefined();
});

test('the first filter that matches decides, then the status', async () => {
  const { judge } = handler(
    'type: DefaultErrorHandler\nresponse_filters:\n  - { http_codes: [404], action: IGNORE }\n  - { http_codes: [404, 403], action: RETRY }',
  );
  const actions = await Promise.all([404, 403, 401].map(async (status) => (await judge(answered(status))).action));
  expect(actions).toEqual(['IGNORE', 'RETRY', 'FAIL']);
});

test('the number of retries is 5, or what the manifest says', () => {
  expect(handler('type: DefaultErrorHandler').maxRetries).toBe(5);
  expect(handler('type: DefaultErrorHandler\nmax_retries: 0').maxRetries).toBe(0);
  expect(handler('type: DefaultErrorHandler\nmax_retries: "{{ config.n }}"', { n: 2 }).maxRetries).toBe(2);
});

test('of several strategies the first that gives a wait other than 0 decides', async () => {
  const yaml =
    'type: DefaultErrorHandler\nbackoff_strategies:\n  - { type: WaitTimeFromHeader, header: X-Wait }\n  - { type: ConstantBackoffStrategy, backoff_time_in_seconds: 0 }\n  - { type: ConstantBackoffStrategy, backoff_time_in_seconds: 7 }';
  const { delaySeconds } = handler(yaml);
  expect(await delaySeconds(answered(500, '', { 'X-Wait': '3' }), 1)).toBe(3);
  expect(await delaySeconds(answered(500), 1)).toBe(7);
  expect(await handler('type: DefaultErrorHandler').delaySeconds(answered(500), 1)).toBeUndefined();
});

const composite = `type: CompositeErrorHandler
error_handlers:
  - max_retries: 2
    response_filters: [{ http_codes: [404], action: FAIL }, { http_codes: [429], action: RATE_LIMITED }]
  - max_retries: 9
    response_filters: [{ http_codes: [404], action: IGNORE }, { http_codes: [403], action: RETRY }]
    backoff_strategies: [{ type: ConstantBackoffStrategy, backoff_time_in_seconds: 4 }]
`;

test('handlers are asked in turn until one succeeds, retries or ignores; else the last one decides', async () => {
  const { judge } = handler(composite);
  const actionOf = async (status: number): Promise<string> => (await judge(answered(status))).action;
  expect(await Promise.all([200, 404, 403, 500, 401, 429].map(actionOf))).toEqual([
    'SUCCESS',
    'IGNORE',
    'RETRY',
    'RETRY',
    'FAIL',
    'RATE_LIMITED',
  ]);
});

test('of several handlers the first gives the number of retries, and the first with a wait the wait', async () => {
  const { maxRetries, delaySeconds } = handler(composite);
  expect(maxRetries).toBe(2);
  expect(await delaySeconds(answered(500), 1)).toBe(4);
});

const backoff = (yaml: string, random = 0.5) => build('backoff', yaml, { random: () => random }).component;
const delay = async (yaml: string, outcome: Outcome = broken, attempt = 1): Promise<number | undefined> =>
  backoff(yaml).delaySeconds(outcome, attempt);

test('the exponential wait doubles with each attempt', async () => {
  const waits = [1, 2, 3].map((attempt) => delay('type: ExponentialBackoffStrategy', broken, attempt));
  expect(await Promise.all(waits)).toEqual([10, 20, 40]);
  expect(await delay('type: ExponentialBackoffStrategy\nfactor: "{{ 2 }}"')).toBe(4);
});

test('the constant wait is the same for each attempt', async () => {
  const waits = [1, 5].map((attempt) =>
    delay('type: ConstantBackoffStrategy\nbackoff_time_in_seconds: 3.5', broken, attempt),
  );
  expect(await Promise.all(waits)).toEqual([3.5, 3.5]);
});

test.each(['ExponentialBackoffStrategy\nfactor: 5', 'ConstantBackoffStrategy\nbackoff_time_in_seconds: 10'])(
  'jitter makes the wait of %s longer, never shorter',
  async (yaml) => {
    const waits = [0, 0.5, 0.999].map(async (random) =>
      backoff(`type: ${yaml}\njitter_range_in_seconds: 2`, random).delaySeconds(broken, 1),
    );
    const [least = 0, middle = 0, most = 0] = await Promise.all(waits);
    expect([least, middle]).toEqual([10, 12]);
    expect(most).toBeCloseTo(13.996);
  },
);

test.each([
  ['header: Retry-After', { 'Retry-After': '30' }, 30],
  ['header: retry-after', { 'Retry-After': '1.5' }, 1.5],
  ['header: Retry-After', {}, undefined],
  ['header: Retry-After', { 'Retry-After': 'soon' }, undefined],
  ['header: X\nregex: "[0-9]+"', { X: '12 seconds' }, 12],
  ['header: X\nregex: "[0-9]+"', { X: 'in 12 seconds' }, undefined],
  ['header: X\nmax_waiting_time_in_seconds: 31', { X: '30' }, 30],
])('the header that %s names asks for this wait: %j', async (yaml, headers: Record<string, string>, seconds) => {
  expect(await delay(`type: WaitTimeFromHeader\n${yaml}`, answered(429, '', headers))).toBe(seconds);
});

const inSeconds = (seconds: number): string => String(NOON / 1000 + seconds);
test.each([
  ['header: X', inSeconds(60), 60],
  ['header: X', inSeconds(-60), undefined],
  ['header: X\nmin_wait: 5', inSeconds(2), 5],
  ['header: X\nmin_wait: 5', inSeconds(-60), 5],
  ['header: X\nmin_wait: 5', 'soon', 5],
  ['header: X\nregex: "[0-9]+"', `${inSeconds(9)}.5`, 9],
])('the time in the header that %s names is waited for: %#', async (yaml, value, seconds) => {
  expect(await delay(`type: WaitUntilTimeFromHeader\n${yaml}`, answered(429, '', { X: value }))).toBe(seconds);
});

test('the wait in the body is waited', async () => {
  const yaml =
    'type: WaitTimeFromResponse\nwait_time_in_seconds: "{{ response[\'wait\'] }}"\nmax_waiting_time_in_seconds: 60';
  expect(await delay(yaml, answered(429, { wait: 7 }))).toBe(7);
  expect(await delay(yaml, answered(429, { wait: 'soon' }))).toBeUndefined();
  expect(await delay(yaml, broken)).toBeUndefined();
  await expect(delay(yaml, answered(429, { wait: 60 }))).rejects.toThrow(TransientError);
});

test.each(['WaitTimeFromHeader', 'WaitUntilTimeFromHeader'])(
  '%s gives up when the wait is the longest allowed or longer',
  async (type) => {
    const value = type === 'WaitTimeFromHeader' ? '60' : inSeconds(60);
    const yaml = `type: ${type}\nheader: X\nmax_waiting_time_in_seconds: 60`;
    await expect(delay(yaml, answered(429, '', { X: value }))).rejects.toThrow(
      'The server asks to wait 60 seconds, but the manifest allows less than 60.',
    );
  },
);
