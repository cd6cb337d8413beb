// A page token that is the path or the URL of the next page.
import { SystemError } from '../../errors.ts';
import { component } from '../component.ts';

export default component({
  kind: 'request_option',
  type: 'RequestPath',
  summary: 'The page token is where the next page is: a whole URL, or a path in the place of the path of the request.',
  fields: {},
  examples: [''],
  build: () => ({
    isPath: true,
    parts: () => {
      throw new SystemError('RequestPath is for page_token_option only. Use a RequestOption.');
    },
  }),
});
