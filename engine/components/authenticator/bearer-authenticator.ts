// Adds a bearer token.
import { component, template } from '../component.ts';

export default component({
  kind: 'authenticator',
  type: 'BearerAuthenticator',
  summary: 'Adds "Authorization: Bearer" and a token to every request.',
  fields: {
    api_token: template({ description: 'The token.', examples: ["{{ config['access_token'] }}"] }),
  },
  examples: ['api_token: "{{ config[\'access_token\'] }}"'],
  build({ api_token }, scope) {
    const token = api_token.text();
    scope.addSecret(token);
    return { credentials: () => Promise.resolve({ headers: { Authorization: `Bearer ${token}` } }) };
  },
});
