// Credentials: what each authenticator sends, and when it logs in.
import { expect, test } from 'vitest';
import { ConfigError, TransientError } from '../../engine/errors.ts';
import type { Authenticator } from '../../engine/components/kinds.ts';
import { build, fakeSend, make, NOON, reply, type Sent } from '../support/component.ts';

const config = { key: '12345678', user: 'ü', password: 'p:w' };

test.each([
  ['NoAuth', {}],
  ['BearerAuthenticator\napi_token: "{{ config.key }}"', { headers: { Authorization: 'Bearer 12345678' } }],
  [
    'BasicHttpAuthenticator\nusername: "{{ config.user }}"\npassword: "{{ config.password }}"',
    { headers: { Authorization: 'Basic w7w6cDp3' } },
  ],
  ['BasicHttpAuthenticator\nusername: "{{ config.user }}"', { headers: { Authorization: 'Basic w7w6' } }],
  ['ApiKeyAuthenticator\napi_token: "{{ config.key }}"\nheader: X-Key', { headers: { 'X-Key': '12345678' } }],
  [
    'ApiKeyAuthenticator\napi_token: "{{ config.key }}"\ninject_into: { inject_into: request_parameter, field_name: k }',
    { params: { k: '12345678' } },
  ],
  [
    'ApiKeyAuthenticator\napi_token: "{{ config.key }}"\ninject_into: { inject_into: body_json, field_path: [a, k] }',
    { bodyJson: { a: { k: '12345678' } } },
  ],
])('%s sends its credentials', async (yaml, parts) => {
  expect(await make('authenticator', `type: ${yaml}`, config).credentials()).toEqual(parts);
});

test.each([
  ['BearerAuthenticator\napi_token: "{{ config.key }}"', ['12345678']],
  ['ApiKeyAuthenticator\napi_token: "{{ config.key }}"', ['12345678']],
  ['BasicHttpAuthenticator\nusername: "{{ config.user }}"\npassword: "{{ config.password }}"', ['p:w', 'w7w6cDp3']],
])('%s announces its secrets', (yaml, expected) => {
  expect(build('authenticator', `type: ${yaml}`, { config }).secrets).toEqual(expected);
});

const selective = `type: SelectiveAuthenticator
authenticator_selection_path: [auth, type]
authenticators:
  none: { type: NoAuth }
  "1": { type: BearerAuthenticator, api_token: "{{ config.key }}" }
`;

test('a value of the config picks the authenticator, a number too', async () => {
  expect(await make('authenticator', selective, { auth: { type: 'none' } }).credentials()).toEqual({});
  expect(await make('authenticator', selective, { auth: { type: 1 }, key: 'k' }).credentials()).toEqual({
    headers: { Authorization: 'Bearer k' },
  });
});

test.each([
  [{}, 'The config has no "auth.type", which says how to log in. It is one of: 1, none.'],
  [{ auth: { type: 'other' } }, 'The config\'s "auth.type" is "other", but it has to be one of: 1, none.'],
])('a config of %j picks none, and the error says what would', (given, message) => {
  expect(() => make('authenticator', selective, given)).toThrow(new ConfigError(message));
});

const session = `type: SessionTokenAuthenticator
login_requester:
  url: https://example.com/login
  http_method: POST
  request_body_json: { user: "{{ config.user }}", password: "{{ config.password }}" }
session_token_path: [data, id]
expiration_duration: PT1H
request_authentication: { type: ApiKey, inject_into: { inject_into: header, field_name: X-Session } }
session_token: "{{ config.get('token', '') }}"
can_log_in: "{{ config.get('password', '') != '' }}"
validate_requester: { url: https://example.com/me }
logout_requester: { url: https://example.com/login, http_method: DELETE }
`;

const legacy = `type: LegacySessionTokenAuthenticator
header: X-Session
login_url: login
validate_session_url: me
session_token_response_key: id
session_token: "{{ config.get('token', '') }}"
username: "{{ config.get('user', '') }}"
password: "{{ config.get('password', '') }}"
`;

interface Server {
  /** Tokens that the server accepts, besides those of logins. */
  accepts?: string[];
  login?: (count: number) => ReturnType<typeof reply>;
}

/** An authenticator and a server of sessions that numbers its tokens: t1, t2, … */
function sessions(yaml: string, given: Record<string, unknown>, { accepts = [], login }: Server = {}) {
  let logins = 0;
  let now = NOON;
  const { send, sent } = fakeSend({
    'POST /login': () => {
      logins += 1;
      return login?.(logins) ?? reply(200, { id: `t${logins}`, data: { id: `t${logins}` } });
    },
    'GET /me': ({ options, headers }) =>
      reply(accepts.includes(options.credentials?.headers?.['X-Session'] ?? headers['X-Session'] ?? '') ? 200 : 401),
    'DELETE /login': () => reply(204),
  });
  const clock = { now: () => now, sleep: () => Promise.resolve() };
  // The legacy authenticator takes its addresses from the requester that holds it.
  const requester = `type: HttpRequester\nurl_base: https://example.com/\nauthenticator:\n${yaml.replaceAll(/^/gm, '  ')}`;
  let authenticator: Authenticator | undefined;
  const capture =
    (sender: typeof send): typeof send =>
    (request, options) => {
      if (options.name === 'request') {
        authenticator = options.authenticator;
        return Promise.resolve(undefined);
      }
      return sender(request, options);
    };
  const { component, builder, secrets, logs } = build('requester', requester, {
    config: given,
    clock,
    send: capture(send),
  });
  void component.send({});
  if (!authenticator) throw new Error('the requester has no authenticator');
  const calls = (): string[] => sent.map(({ method, url }: Sent) => `${method} ${new URL(url).pathname}`);
  const token = async (): Promise<string> => (await authenticator?.credentials())?.headers?.['X-Session'] ?? '';
  return { authenticator, token, calls, sent, builder, secrets, logs, wait: (ms: number) => (now += ms) };
}

const both = [
  ['SessionTokenAuthenticator', session],
  ['LegacySessionTokenAuthenticator', legacy],
] as const;
const login = { user: 'u', password: 'p' };

test.each(both)('%s logs in once for 20 callers at the same time', async (_, yaml) => {
  const { token, calls, sent, secrets } = sessions(yaml, login);
  expect(new Set(await Promise.all(Array.from({ length: 20 }, token)))).toEqual(new Set(['t1']));
  expect(calls()).toEqual(['POST /login']);
  expect(Object.values(sent[0]?.bodyJson ?? {})).toEqual(['u', 'p']);
  expect(secrets).toContain('t1');
});

test.each(both)('%s tries a given token once and takes it when it is good', async (_, yaml) => {
  const { token, calls, secrets } = sessions(yaml, { ...login, token: 'mine' }, { accepts: ['mine'] });
  expect(await Promise.all([token(), token()])).toEqual(['mine', 'mine']);
  expect(await token()).toBe('mine');
  expect(calls()).toEqual(['GET /me']);
  expect(secrets).toContain('mine');
});

test.each(both)('%s logs in when the given token is dead', async (_, yaml) => {
  const { token, calls, logs } = sessions(yaml, { ...login, token: 'dead' });
  expect(await token()).toBe('t1');
  expect(calls()).toEqual(['GET /me', 'POST /login']);
  expect(logs).toEqual(['INFO The session token of the config is not accepted; logging in instead.']);
});

test.each(both)('%s with a dead token and nothing to log in with says what to provide', async (_, yaml) => {
  const { token } = sessions(yaml, { token: 'dead' });
  await expect(token()).rejects.toThrow(
    new ConfigError('The server does not accept the session token. Provide a new one, or a user name and a password.'),
  );
});

test.each(both)('%s with nothing at all says what to provide', async (_, yaml) => {
  await expect(sessions(yaml, {}).token()).rejects.toThrow('There is nothing to log in with');
});

test.each(both)('%s renews a refused token once for everybody who was refused', async (_, yaml) => {
  const { authenticator, token, calls } = sessions(yaml, login);
  const rejected = await Promise.all(Array.from({ length: 5 }, () => authenticator.credentials()));
  expect(await Promise.all(rejected.map(async (parts) => authenticator.renew?.(parts)))).toEqual(Array(5).fill(true));
  expect(await token()).toBe('t2');
  expect(calls()).toEqual(['POST /login', 'POST /login']);
});

test.each(both)('%s has nothing to renew a given token with when it cannot log in', async (_, yaml) => {
  const { authenticator, calls } = sessions(yaml, { token: 'mine' }, { accepts: ['mine'] });
  expect(await authenticator.renew?.(await authenticator.credentials())).toBe(false);
  expect(calls()).toEqual(['GET /me']);
});

test.each(both)('%s never repeats a login that was rejected', async (_, yaml) => {
  const rejection = new ConfigError('wrong password');
  const { token, calls } = sessions(yaml, login, {
    login: () => {
      throw rejection;
    },
  });
  const outcomes = await Promise.allSettled([token(), token()]);
  expect(outcomes.map((outcome) => outcome.status === 'rejected' && (outcome.reason as unknown))).toEqual([
    rejection,
    rejection,
  ]);
  await expect(token()).rejects.toBe(rejection);
  expect(calls()).toEqual(['POST /login']);
});

test.each(both)('%s says so when the reply to the login has no token', async (_, yaml) => {
  const { token } = sessions(yaml, login, { login: () => reply(200, '<html>') });
  await expect(token()).rejects.toThrow(ConfigError);
  await expect(token()).rejects.toThrow(/The reply to the login has no "(data\.)?id"/);
});

test('a token is replaced when its time is over, once for all who ask', async () => {
  const { token, calls, wait } = sessions(session, login);
  await token();
  wait(3_599_999);
  expect(await token()).toBe('t1');
  wait(1);
  expect(new Set(await Promise.all(Array.from({ length: 20 }, token)))).toEqual(new Set(['t2']));
  expect(calls()).toEqual(['POST /login', 'POST /login']);
});

test('a given token has no lifetime of ours', async () => {
  const { token, wait } = sessions(session, { ...login, token: 'mine' }, { accepts: ['mine'] });
  await token();
  wait(1e10);
  expect(await token()).toBe('mine');
});

test('every session that was opened is logged out, a given token is left alone', async () => {
  const { authenticator, token, builder, sent } = sessions(session, { ...login, token: 'mine' }, { accepts: ['mine'] });
  await authenticator.renew?.(await authenticator.credentials());
  expect(await token()).toBe('t1');
  await authenticator.renew?.(await authenticator.credentials());
  await builder.close();
  await builder.close();
  const closed = sent.filter(({ method }) => method === 'DELETE').map(({ options }) => options.credentials);
  expect(closed).toEqual(['t1', 't2'].map((name) => ({ headers: { 'X-Session': name } })));
});

test('a session that is being opened when it is time to close is closed too', async () => {
  const { token, builder, calls } = sessions(session, login);
  const opening = token();
  await builder.close();
  await opening;
  expect(calls()).toEqual(['POST /login', 'DELETE /login']);
});

test('nothing is logged out when nothing was opened', async () => {
  const { token, builder, calls } = sessions(session, { token: 'mine' }, { accepts: ['mine'] });
  await token();
  await builder.close();
  expect(calls()).toEqual(['GET /me']);
});

test('a failing logout is a warning', async () => {
  const yaml = session.replace('https://example.com/login, http_method', 'https://example.com/logout, http_method');
  const { token, builder, logs } = sessions(yaml, login);
  await token();
  await builder.close();
  expect(logs).toEqual([expect.stringMatching(/^WARN A session could not be closed: /)]);
});

test('an error of the validation is not taken for a dead token', async () => {
  const yaml = session.replace('https://example.com/me', 'https://example.com/down');
  const { token, calls } = sessions(yaml, { ...login, token: 'mine' });
  await expect(token()).rejects.toThrow('unexpected request: GET /down');
  expect(calls()).toEqual([]);
  expect(new TransientError('x').failureType).toBe('transient_error');
});

test('a session token can be sent as a bearer token or inside other text', async () => {
  const bearer = session.replace(/request_authentication: .*/, 'request_authentication: { type: Bearer }');
  expect(await sessions(bearer, login).authenticator.credentials()).toEqual({
    headers: { Authorization: 'Bearer t1' },
  });
  const text = session.replace('type: ApiKey,', 'type: ApiKey, api_token: "Token {{ session_token }}",');
  const { authenticator, token } = sessions(text, login);
  expect(await token()).toBe('Token t1');
  expect(await authenticator.renew?.(await authenticator.credentials())).toBe(true);
  expect(await token()).toBe('Token t2');
});

test('authenticators that are described alike are one: one login for all streams', () => {
  const { send, sent } = fakeSend({ 'POST /login': () => reply(200, { data: { id: 't' } }) });
  const { builder } = build('authenticator', 'type: NoAuth', { config: login, send });
  const node = { type: 'BearerAuthenticator', api_token: 'x' };
  expect(builder.build({ ...node }, 'authenticator')).toBe(builder.build({ ...node }, 'authenticator'));
  expect(builder.build({ ...node, api_token: 'y' }, 'authenticator')).not.toBe(builder.build(node, 'authenticator'));
  expect(sent).toEqual([]);
});

test('parameters make two authenticators of one only where a template asks for them', () => {
  const { builder } = build('authenticator', 'type: NoAuth');
  const of = (token: string, who: string) =>
    builder.build({ type: 'BearerAuthenticator', api_token: token, $parameters: { who } }, 'authenticator');
  expect(of('x', 'a')).toBe(of('x', 'b'));
  expect(of('{{ parameters.who }}', 'a')).not.toBe(of('{{ parameters.who }}', 'b'));
});
