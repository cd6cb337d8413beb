// Adds an API key.
import { component, optional, slot, template } from '../component.ts';

export default component({
  kind: 'authenticator',
  type: 'ApiKeyAuthenticator',
  summary: 'Adds an API key to every request.',
  fields: {
    api_token: optional(
      template({ description: 'The key. Left out, it is empty.', examples: ["{{ config['api_key'] }}"] }),
    ),
    header: optional(
      template({
        description: 'Header for the key; left out, Authorization. Where inject_into is given, that counts.',
        examples: ['X-Api-Key'],
      }),
    ),
    inject_into: optional(
      slot('request_option', {
        description: 'Where the key goes; left out, into the header.',
        defaultType: 'RequestOption',
      }),
    ),
  },
  examples: [
    'api_token: "{{ config[\'api_key\'] }}"\nheader: X-Api-Key',
    'api_token: "{{ config[\'api_key\'] }}"\ninject_into:\n  inject_into: request_parameter\n  field_name: key',
  ],
  build({ api_token, header, inject_into }, scope) {
    const option = inject_into && scope.build(inject_into);
    const token = api_token?.text() ?? '';
    scope.addSecret(token);
    const parts = option?.parts(token) ?? { headers: { [header?.text() ?? 'Authorization']: token } };
    return { credentials: () => Promise.resolve(parts) };
  },
});
