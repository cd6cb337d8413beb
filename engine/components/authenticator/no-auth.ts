// Sends requests as they are.
import { component } from '../component.ts';

export default component({
  kind: 'authenticator',
  type: 'NoAuth',
  summary: 'Adds no credentials.',
  fields: {},
  examples: [''],
  build: () => ({ credentials: () => Promise.resolve({}) }),
});
