// Sessions described by requests: how to log in, and if the manifest says so, how to try a token first and how to log out.
import { parseDuration } from '../../text/datetime.ts';
import { component, list, optional, slot, template, text } from '../component.ts';
import { createSession, tokenIn } from '../session.ts';

export default component({
  kind: 'authenticator',
  type: 'SessionTokenAuthenticator',
  summary: 'Logs in with a request of its own and puts the session token into every other request.',
  fields: {
    login_requester: slot('requester', { description: 'The request that logs in.', defaultType: 'HttpRequester' }),
    session_token_path: list(text({ description: 'A key on the way to the token.' }), {
      description: "Path of the token in the login's reply.",
      examples: [['id']],
    }),
    expiration_duration: optional(
      text({
        description: 'How long a token lives, in ISO 8601. Left out, until the server refuses it.',
        examples: ['P1D'],
      }),
    ),
    request_authentication: slot('request_authentication', { description: 'How requests carry the token.' }),
    decoder: optional(
      slot('decoder', { description: "How to read the login's reply; left out, as JSON.", defaultType: 'JsonDecoder' }),
    ),
    session_token: optional(
      template({
        description: 'A token to try first, with the login as its fallback; left out, there is a login.',
        examples: ["{{ config.get('session_token', '') }}"],
        extension: { without: 'there is always a login: a token of the config is not used' },
      }),
    ),
    validate_requester: optional(
      slot('requester', {
        description:
          'A request that the server answers with 401 when the token to try first is dead. Left out, the token is tried by the first request that needs it.',
        defaultType: 'HttpRequester',
        extension: { without: 'a dead token is noticed by the first request only' },
      }),
    ),
    logout_requester: optional(
      slot('requester', {
        description: 'The request that ends a session which was opened here. Left out, it stays open.',
        defaultType: 'HttpRequester',
        extension: { without: 'sessions are not closed; they end by themselves' },
      }),
    ),
    can_log_in: optional(
      template({
        description: 'Whether there is anything to log in with; left out, there is.',
        also: ['boolean'],
        examples: ["{{ config.get('password', '') != '' }}"],
        extension: { without: 'a login is tried without a password too' },
      }),
    ),
  },
  examples: [
    'login_requester:\n  url_base: https://example.com/api\n  path: session\n  http_method: POST\n  request_body_json:\n    username: "{{ config[\'username\'] }}"\n    password: "{{ config[\'password\'] }}"\nsession_token_path: [id]\nrequest_authentication:\n  type: ApiKey\n  inject_into:\n    inject_into: header\n    field_name: X-Session',
  ],
  build({ session_token_path: path, expiration_duration: duration, session_token, can_log_in, ...held }, scope) {
    const inherited = { streamName: 'login' };
    const loginRequester = scope.build(held.login_requester, inherited);
    const validateRequester = held.validate_requester && scope.build(held.validate_requester, inherited);
    const logoutRequester = held.logout_requester && scope.build(held.logout_requester, inherited);
    const authentication = scope.build(held.request_authentication);

    const session = createSession({
      givenToken: session_token?.text() ?? '',
      validate:
        validateRequester &&
        (async (token) =>
          (await validateRequester.send({
            credentials: authentication.credentials(token),
            ignore: [401],
            isUrgent: true,
          })) !== undefined),
      login:
        can_log_in === undefined || can_log_in.isTrue()
          ? async () => tokenIn(await loginRequester.send({ isUrgent: true }), path)
          : undefined,
      logout:
        logoutRequester &&
        (async (token) => {
          await logoutRequester.send({
            credentials: authentication.credentials(token),
            ignore: [401, 404],
            isUrgent: true,
          });
        }),
      lifetimeMs: duration === undefined ? undefined : Number(parseDuration(duration)),
      now: () => scope.clock.now(),
      addSecret: (secret) => scope.addSecret(secret),
      log: (message) => scope.log('INFO', message),
    });
    // Which token a rejected request carried: its credentials are remembered, not read back.
    const tokens = new WeakMap<object, string>();
    return {
      async credentials() {
        const token = await session.token();
        const parts = authentication.credentials(token);
        tokens.set(parts, token);
        return parts;
      },
      renew: (rejected) => session.renew(tokens.get(rejected) ?? ''),
      close: () => session.close(),
    };
  },
});
