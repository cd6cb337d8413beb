// Sessions as older manifests describe them: a token of the config if it is still good, else a login.
import { component, optional, template } from '../component.ts';
import type { OutgoingRequest } from '../kinds.ts';
import { createSession, tokenIn } from '../session.ts';
import { joinUrl } from '../url.ts';

const noAuth = { credentials: () => Promise.resolve({}) };

export default component({
  kind: 'authenticator',
  type: 'LegacySessionTokenAuthenticator',
  summary: 'Sends a session token in a header: the one of the config if the server accepts it, else one of a login.',
  fields: {
    header: template({ description: 'Header that carries the token.', examples: ['X-Session'] }),
    login_url: template({ description: 'Path of the login below the URL base.', examples: ['session'] }),
    validate_session_url: template({
      description: 'Path that answers 401 to a dead token.',
      examples: ['user/current'],
    }),
    session_token_response_key: template({ description: "Key of the token in the login's reply.", examples: ['id'] }),
    session_token: optional(
      template({
        description: 'A token to try first; left out, there is a login.',
        examples: ["{{ config['session_token'] }}"],
      }),
    ),
    username: optional(
      template({
        description: 'User name for the login; left out, there is none.',
        examples: ["{{ config['username'] }}"],
      }),
    ),
    password: optional(
      template({
        description: 'Password for the login; left out, there is none.',
        examples: ["{{ config['password'] }}"],
      }),
    ),
  },
  examples: [
    'header: X-Session\nlogin_url: session\nvalidate_session_url: user/current\nsession_token_response_key: id\nusername: "{{ config[\'username\'] }}"\npassword: "{{ config[\'password\'] }}"',
  ],
  build({ header, login_url, validate_session_url, session_token_response_key, ...credentials }, scope) {
    const url = (path: string): string => joinUrl(scope.urlBase?.text() ?? '', path);
    const request = (method: string, path: string, parts: Partial<OutgoingRequest>): OutgoingRequest => ({
      ...{ method, url: url(path), headers: {}, params: {}, bodyJson: {}, bodyForm: {}, bodyText: undefined },
      ...parts,
    });
    const [username, password] = [credentials.username?.text() ?? '', credentials.password?.text() ?? ''];
    const send = (outgoing: OutgoingRequest, ignore: number[] = []) =>
      scope.send(outgoing, { name: 'login', authenticator: noAuth, ignore, isUrgent: true });

    async function login(): Promise<string> {
      const reply = await send(request('POST', login_url.text(), { bodyJson: { username, password } }));
      return tokenIn(reply, [session_token_response_key.text()]);
    }

    const session = createSession({
      givenToken: credentials.session_token?.text() ?? '',
      validate: async (token) => {
        const validation = request('GET', validate_session_url.text(), { headers: { [header.text()]: token } });
        return (await send(validation, [401])) !== undefined;
      },
      login: username !== '' && password !== '' ? login : undefined,
      now: () => scope.clock.now(),
      addSecret: (secret) => scope.addSecret(secret),
      log: (message) => scope.log('INFO', message),
    });
    return {
      credentials: async () => ({ headers: { [header.text()]: await session.token() } }),
      renew: ({ headers = {} }) => session.renew(headers[header.text()] ?? ''),
      close: () => session.close(),
    };
  },
});
