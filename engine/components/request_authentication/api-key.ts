// Puts a session token where an API key would go.
import { component, optional, slot, template } from '../component.ts';

export default component({
  kind: 'request_authentication',
  type: 'ApiKey',
  summary: 'Puts the session token into a header, a parameter or the body.',
  fields: {
    inject_into: slot('request_option', { description: 'Where the token goes.', defaultType: 'RequestOption' }),
    api_token: optional(
      template({
        description: 'The text to send, made of the token.',
        variables: ['session_token'],
        default: '{{ session_token }}',
        examples: ['Token {{ session_token }}'],
      }),
    ),
  },
  examples: ['inject_into:\n  inject_into: header\n  field_name: X-Session'],
  build({ inject_into, api_token }, scope) {
    const option = scope.build(inject_into);
    return { credentials: (token) => option.parts(api_token?.text({ session_token: token }) ?? token) };
  },
});
