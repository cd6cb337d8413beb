// Replies that are one JSON document.
import { component } from '../component.ts';

export default component({
  kind: 'decoder',
  type: 'JsonDecoder',
  summary: 'Takes the reply for one JSON document.',
  fields: {},
  examples: [''],
  build: () => ({ decode: (reply) => reply.body() }),
});
