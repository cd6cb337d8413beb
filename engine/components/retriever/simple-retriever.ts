// Reads a stream request by request.
import { crc32 } from 'node:zlib';
import { BrokenReplyError, SystemError, TransientError } from '../../errors.ts';
import type { Row } from '../../text/row.ts';
import { cartesianRouter } from '../cartesian.ts';
import { boolean, component, optional, slot, slotOrSlots } from '../component.ts';
import type { Partition, Reply, SentReply } from '../kinds.ts';
import { plainUrl } from '../variables.ts';

/** A reply that is not what the manifest expects is asked for this often again: a proxy may have answered in between. */
const MOST_WRONG_REPLIES = 2;

/** Names the reply that is not what the manifest expects. */
function wrongReply(stream: string, reply: Reply, cause: SyntaxError): SystemError {
  const type = reply.headers.get('content-type') ?? 'none';
  return new SystemError(
    `${stream}: the reply to ${reply.method} ${plainUrl(reply.url)} is not what the manifest expects: ${cause.message}. ` +
      `Its status is ${reply.status}, its content type ${type}, and it starts with ${JSON.stringify(reply.excerpt())}. ` +
      'Check that the URL is right and that no proxy or login page answers in place of the server.',
    { cause },
  );
}

/** The new reply does not begin with the records that are out already. */
function changedReply(stream: string, reply: Reply): TransientError {
  return new TransientError(
    `${stream}: the reply to ${reply.method} ${plainUrl(reply.url)} broke off part-way, and a new one differs in what had been ` +
      'read already. Only a new sync can be right: start it again.',
  );
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
    const stream = scope.streamName ?? 'stream';
    const users = scope.twins([requester, partition_router]);

    /**
     * The rows of a reply. When its body breaks off or is not what is expected, the reply is asked for again; rows that are
     * out already are recognised by their number and checksum, and not repeated.
     */
    async function* rowsOf(first: SentReply, partition: Partition): AsyncIterable<Row> {
      let reply = first;
      let [count, checksum, wrongReplies] = [0, 0, 0];
      for (;;) {
        let [seen, seenChecksum] = [0, 0];
        try {
          for await (const row of select(decode(reply), partition)) {
            seen += 1;
            seenChecksum = crc32(row.bytes, seenChecksum);
            if (seen > count) {
              [count, checksum] = [seen, seenChecksum];
              yield row;
            } else if (seen === count && seenChecksum !== checksum) throw changedReply(stream, reply);
          }
          if (seen < count) throw changedReply(stream, reply);
          return;
        } catch (thrown) {
          const isWrong = thrown instanceof SyntaxError;
          if (!isWrong && !(thrown instanceof BrokenReplyError)) throw thrown;
          const error = isWrong ? wrongReply(stream, reply, thrown) : thrown;
          wrongReplies += isWrong ? 1 : 0;
          if (wrongReplies > MOST_WRONG_REPLIES) throw error;
          const next = await reply.again(error);
          if (!next) throw error;
          reply = next;
        }
      }
    }

    return {
      partitions,
      async retrieve(partition, isParent) {
        const reply = await send({ partition, inject: inject(partition), isParent, users });
        return reply && rowsOf(reply, partition);
      },
    };
  },
});
