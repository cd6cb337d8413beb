// Puts page size and page token into the requests for the pages of a partition.
import { SystemError } from '../../errors.ts';
import { pythonText } from '../../text/python.ts';
import { component, optional, slot } from '../component.ts';
import { mergeParts } from '../parts.ts';

export default component({
  kind: 'paginator',
  type: 'DefaultPaginator',
  summary: 'Asks for page after page, as its strategy says, and says where page size and page token go in the request.',
  fields: {
    pagination_strategy: slot('pagination_strategy', {
      description: 'How to ask for the next page, and when to stop.',
    }),
    page_size_option: optional(
      slot('request_option', {
        description: 'Where the page size goes; left out, the request does not say it.',
        defaultType: 'RequestOption',
      }),
    ),
    page_token_option: optional(
      slot('request_option', {
        description: 'Where the page token goes; left out, the request has it in a template, as next_page_token.',
        defaultType: 'RequestOption',
      }),
    ),
  },
  examples: [
    'pagination_strategy:\n  type: OffsetIncrement\n  page_size: 50\npage_size_option:\n  inject_into: request_parameter\n  field_name: limit\npage_token_option:\n  inject_into: request_parameter\n  field_name: offset',
    'pagination_strategy:\n  type: CursorPagination\n  cursor_value: "{{ response[\'next\'] }}"\npage_token_option:\n  type: RequestPath',
  ],
  build({ pagination_strategy, page_size_option, page_token_option }, scope) {
    const { firstToken, pageSize, readsReply, next } = scope.build(pagination_strategy);
    const sizeOption = page_size_option && scope.build(page_size_option);
    const tokenOption = page_token_option && scope.build(page_token_option);
    if (sizeOption && pageSize === undefined) {
      throw new SystemError(
        'DefaultPaginator has a page_size_option, but its pagination_strategy no page_size. Give it one, or take the option away.',
      );
    }
    const size = sizeOption?.parts(pageSize) ?? {};
    return {
      firstToken,
      readsReply,
      next,
      inject: (token) =>
        token === undefined || !tokenOption || tokenOption.isPath === true
          ? size
          : mergeParts(tokenOption.parts(token), size),
      path: (token) => (token !== undefined && tokenOption?.isPath === true ? pythonText(token) : undefined),
    };
  },
});
