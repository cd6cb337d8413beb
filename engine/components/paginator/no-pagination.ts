// A reply is all there is.
import { component } from '../component.ts';

export default component({
  kind: 'paginator',
  type: 'NoPagination',
  summary: 'Takes the reply for all there is; the same as no paginator.',
  fields: {},
  examples: [''],
  build: () => ({
    firstToken: undefined,
    readsReply: false,
    inject: () => ({}),
    path: () => undefined,
    next: () => Promise.resolve(undefined),
  }),
});
