// Pages by what the page before says, in its body, its headers or its last record.
import type { Variables } from '../../text/template.ts';
import { component, optional, template } from '../component.ts';
import type { Page } from '../kinds.ts';
import { pageSizeField, pageSizeOf } from '../page-size.ts';
import { headerVariables, partitionVariables, variablesOfReply } from '../variables.ts';
import { linksIn } from './link-header.ts';

const variables = [
  ...['response', 'headers', 'last_record', 'last_page_size', 'page_size'],
  ...['stream_slice', 'stream_partition', 'stream_interval'],
] as const;

export default component({
  kind: 'pagination_strategy',
  type: 'CursorPagination',
  summary:
    'Asks for each page with the token that the page before gives, until there is none or stop_condition is true.',
  fields: {
    cursor_value: template({
      description:
        'The token of the next page; an empty one ends. last_record is the last record that the filter left, last_page_size how many it left, headers.link the Link header by rel.',
      variables,
      examples: ["{{ response.get('next') }}", "{{ headers['link']['next']['url'] }}", "{{ last_record['id'] }}"],
    }),
    stop_condition: optional(
      template({
        description: 'When true, the page is the last one; left out, an empty token ends.',
        variables,
        examples: ["{{ response['has_more'] is false }}", '{{ last_page_size < page_size }}'],
      }),
    ),
    page_size: pageSizeField(),
  },
  examples: [
    'cursor_value: "{{ response.get(\'next_cursor\') }}"',
    'cursor_value: "{{ last_record[\'id\'] }}"\nstop_condition: "{{ last_page_size < page_size }}"\npage_size: 100',
  ],
  build({ cursor_value, stop_condition, page_size }) {
    const pageSize = page_size && pageSizeOf(page_size.render());
    const mentions = (name: string): boolean => cursor_value.mentions(name) || stop_condition?.mentions(name) === true;
    const readsReply = mentions('response');
    const readsRecord = mentions('last_record');

    async function variablesOf({ reply, partition, keptCount, lastKept }: Page): Promise<Variables> {
      return {
        ...partitionVariables(partition),
        ...(readsReply && (await variablesOfReply(reply))),
        headers: headerVariables(reply.headers, { link: linksIn(reply.headers.get('link') ?? '') }),
        last_record: readsRecord ? (lastKept?.value() ?? null) : null,
        last_page_size: keptCount,
        page_size: pageSize ?? null,
      };
    }

    return {
      firstToken: undefined,
      pageSize,
      readsReply,
      async next(page) {
        const values = await variablesOf(page);
        if (stop_condition?.isTrue(values) === true) return undefined;
        // Servers end with null, empty text, 0, {} or false, as values or as text: what is not true is no token.
        return cursor_value.isTrue(values) ? cursor_value.render(values) : undefined;
      },
    };
  },
});
