// Pages by the number of records before them.
import { boolean, component, optional } from '../component.ts';
import { pageSizeField, pageSizeOf } from '../page-size.ts';
import { variablesOfReply } from '../variables.ts';

export default component({
  kind: 'pagination_strategy',
  type: 'OffsetIncrement',
  summary: 'Asks for each page by the number of records before it, until a page is empty or has fewer than page_size.',
  fields: {
    page_size: pageSizeField(['response']),
    inject_on_first_request: optional(
      boolean({ description: 'Whether the first request says the offset 0.', default: false }),
    ),
  },
  examples: ['page_size: 100', 'page_size: 100\ninject_on_first_request: true'],
  build({ page_size, inject_on_first_request = false }) {
    const readsReply = page_size?.mentions('response') === true;
    const pageSize = page_size && !readsReply ? pageSizeOf(page_size.render()) : undefined;
    return {
      firstToken: inject_on_first_request ? 0 : undefined,
      pageSize,
      readsReply,
      async next({ reply, token = 0, foundCount }) {
        const asked = readsReply ? pageSizeOf(page_size.render(await variablesOfReply(reply))) : (pageSize ?? 1);
        return foundCount < asked ? undefined : Number(token) + foundCount;
      },
    };
  },
});
