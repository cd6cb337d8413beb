// Adds HTTP basic authentication (RFC 7617).
import { component, optional, template } from '../component.ts';

export default component({
  kind: 'authenticator',
  type: 'BasicHttpAuthenticator',
  summary: 'Adds "Authorization: Basic" with a user name and a password to every request.',
  fields: {
    username: template({ description: 'The user name.', examples: ["{{ config['username'] }}"] }),
    password: optional(
      template({ description: 'The password. Left out, it is empty.', examples: ["{{ config['password'] }}"] }),
    ),
  },
  examples: ['username: "{{ config[\'username\'] }}"\npassword: "{{ config[\'password\'] }}"'],
  build({ username, password }, scope) {
    const secret = password?.text() ?? '';
    const encoded = Buffer.from(`${username.text()}:${secret}`, 'utf8').toString('base64');
    scope.addSecret(secret);
    scope.addSecret(encoded);
    return { credentials: () => Promise.resolve({ headers: { Authorization: `Basic ${encoded}` } }) };
  },
});
