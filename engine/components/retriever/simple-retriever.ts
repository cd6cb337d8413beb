// Reads a stream request by request.
import { SystemError } from '../../errors.ts';
import type { Row } from '../../text/row.ts';
import { cartesianRouter } from '../cartesian.ts';
import { boolean, component, optional, slot, slotOrSlots } from '../component.ts';
import type { Reply } from '../kinds.ts';
import { plainUrl } from '../variables.ts';

async function* nothing(): AsyncIterable<Row> {
  // an ignored reply has no rows
}

/** Names the reply that a row could not be taken from: the manifest expects something else there. */
async function* blaming(reply: Reply, rows: AsyncIterable<Row>): AsyncIterable<Row> {
  try {
    yield* rows;
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    const type = reply.headers.get('content-type') ?? 'none';
    throw new SystemError(
      `The reply to ${reply.method} ${plainUrl(reply.url)} is not what the manifest expects: ${thrown.message}. ` +
        `Its status is ${reply.status}, its content type ${type}, and it starts with ${JSON.stringify(reply.excerpt())}. ` +
        'Check that the URL is right and that no proxy or login page answers in place of the server.',
      { cause: thrown },
    );
  }
}

export default component({
  kind: 'retriever',
  type: 'SimpleRetriever',
  summary: 'Reads a stream: one request for each partition, its reply decoded and its records selected.',
  fields: {
    requester: slot('requester', { description: 'The request.', defaultType: 'HttpRequester' }),
    record_selector: slot('selector', { description: 'Finds the records in a reply.', defaultType: 'RecordSelector' }),
    decoder: optional(slot('decoder', { description: 'How to read a reply; JSON if left out.' })),
    paginator: optional(slot('paginator', { description: 'How to get the next page.' })),
    partition_router: optional(
      slotOrSlots('partition_router', {
        description: 'What to request the stream by; several are combined with one another.',
      }),
    ),
    ignore_stream_slicer_parameters_on_paginated_requests: optional(
      boolean({ description: 'Leaves what partitions inject out of the requests for further pages.', default: false }),
    ),
  },
  examples: ['requester:\n  url: https://example.com/users\nrecord_selector:\n  extractor:\n    field_path: []'],
  notYet: ['pagination_reset', 'page_size_reduction', 'request_window_splitting'],
  build({ requester, record_selector, decoder, partition_router = [] }, scope) {
    const { send } = scope.build(requester);
    const { select } = scope.build(record_selector);
    const decode = decoder ? scope.build(decoder).decode : (reply: Reply) => reply.body();
    const routers = [partition_router].flat().map((router) => scope.build(router));
    const { partitions, inject } = cartesianRouter(routers);
    return {
      partitions,
      async retrieve(partition) {
        const reply = await send({ partition, inject: inject(partition) });
        return reply ? blaming(reply, select(decode(reply), partition)) : nothing();
      },
    };
  },
});
