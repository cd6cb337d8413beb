// Sends a session token as a bearer token.
import { component } from '../component.ts';

export default component({
  kind: 'request_authentication',
  type: 'Bearer',
  summary: 'Sends the session token as "Authorization: Bearer".',
  fields: {},
  examples: [''],
  build: () => ({ credentials: (token) => ({ headers: { Authorization: `Bearer ${token}` } }) }),
});
