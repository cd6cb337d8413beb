// Pages by their number.
import { boolean, component, number, optional } from '../component.ts';
import { pageSizeField, pageSizeOf } from '../page-size.ts';

export default component({
  kind: 'pagination_strategy',
  type: 'PageIncrement',
  summary: 'Asks for each page by its number, until a page is empty or has fewer records than page_size.',
  fields: {
    page_size: pageSizeField(),
    start_from_page: optional(number({ description: 'Number of the first page.', default: 0, examples: [1] })),
    inject_on_first_request: optional(
      boolean({ description: 'Whether the first request says its number too.', default: false }),
    ),
  },
  examples: ['page_size: 50\nstart_from_page: 1'],
  build({ page_size, start_from_page = 0, inject_on_first_request = false }) {
    const pageSize = page_size && pageSizeOf(page_size.render());
    return {
      firstToken: inject_on_first_request ? start_from_page : undefined,
      pageSize,
      readsReply: false,
      next: ({ token = start_from_page, foundCount }) =>
        Promise.resolve(foundCount < (pageSize ?? 1) ? undefined : Number(token) + 1),
    };
  },
});
