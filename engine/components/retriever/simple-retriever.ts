// Reads a stream request by request, and page by page where there are pages.
import { Readable } from 'node:stream';
import { isEqual } from '../../text/python.ts';
import type { Row } from '../../text/row.ts';
import { cartesianRouter } from '../cartesian.ts';
import { boolean, component, optional, slot, slotOrSlots } from '../component.ts';
import type { Partition, Reply, RequestContext, SentReply } from '../kinds.ts';
import { mergeParts } from '../parts.ts';
import { notesOfPage, type PageNotes, stuckPages } from './page.ts';
import { rowsOf } from './rows.ts';

export default component({
  kind: 'retriever',
  type: 'SimpleRetriever',
  summary: 'Reads a stream: the pages of each partition, their replies decoded and their records selected.',
  fields: {
    requester: slot('requester', { description: 'The request.', defaultType: 'HttpRequester' }),
    record_selector: slot('selector', { description: 'Finds the records in a reply.', defaultType: 'RecordSelector' }),
    decoder: optional(slot('decoder', { description: 'How to read a reply; JSON if left out.' })),
    paginator: optional(slot('paginator', { description: 'How to get the next page; left out, there is one page.' })),
    partition_router: optional(
      slotOrSlots('partition_router', {
        description: 'What to request the stream by; several are combined with one another.',
      }),
    ),
    ignore_stream_slicer_parameters_on_paginated_requests: optional(
      boolean({
        description: 'Leaves what partitions inject out of the requests that carry a page token.',
        default: false,
      }),
    ),
    parent_record_when_ignored: optional(
      boolean({
        description:
          'When true, the record of the parent stream stands in for a reply that the error handler ignores, so that it is not lost.',
        default: false,
        extension: true,
      }),
    ),
  },
  examples: ['requester:\n  url: https://example.com/users\nrecord_selector:\n  extractor:\n    field_path: []'],
  notYet: ['pagination_reset', 'page_size_reduction', 'request_window_splitting'],
  build({ requester, record_selector, decoder, paginator, partition_router = [], ...fields }, scope) {
    const { send, isOffered } = scope.build(requester);
    const { select } = scope.build(record_selector);
    const decode = decoder ? scope.build(decoder).decode : (reply: Reply) => reply.body();
    const pages = paginator && scope.build(paginator);
    const routers = [partition_router].flat().map((router) => scope.build(router));
    const { partitions, inject, isOffered: isParentOffered } = cartesianRouter(routers);
    const stream = scope.streamName ?? 'stream';
    const users = scope.twins([requester, partition_router, paginator]);
    const injectsOnce = fields.ignore_stream_slicer_parameters_on_paginated_requests === true;

    function contextOf(partition: Partition, token: unknown): RequestContext {
      const ofPartition = injectsOnce && token !== undefined ? {} : inject(partition);
      return {
        partition,
        token,
        inject: pages ? mergeParts(pages.inject(token), ofPartition) : ofPartition,
        path: pages?.path(token),
      };
    }

    function request(
      partition: Partition,
      token: unknown,
      { isParent, isNextPage }: { isParent: boolean | undefined; isNextPage: boolean },
    ): Promise<SentReply | undefined> {
      return send({ ...contextOf(partition, token), isParent, isNextPage, users });
    }

    /** What stands in for an ignored reply, if anything does. */
    function standIn(partition: Partition): AsyncIterable<Row> | undefined {
      const { parentRecord } = partition;
      if (fields.parent_record_when_ignored !== true || !parentRecord) return undefined;
      return select(Readable.from([parentRecord.bytes]), partition);
    }

    async function* rowsOfPages(
      first: SentReply,
      { next, firstToken, readsReply }: NonNullable<typeof pages>,
      partition: Partition,
      isParent: boolean | undefined,
    ): AsyncIterable<Row> {
      let [reply, token] = [first, firstToken];
      let before: PageNotes | undefined;
      for (;;) {
        let notes = notesOfPage(token);
        const read = async (again: Reply): Promise<AsyncIterable<Row>> => {
          notes = notesOfPage(token);
          // Read whole before its rows are, it stays in memory for the strategy.
          if (readsReply) await again.text();
          return select(decode(again), partition, notes);
        };
        const whole = yield* rowsOf(reply, { stream, read });
        if (notes.equals(before)) throw stuckPages(stream, whole, 'the same records twice in a row');
        before = notes;
        const nextToken = await next({ reply: whole, partition, token, ...notes.counts() });
        if (nextToken === undefined) return;
        if (isEqual(nextToken, token)) throw stuckPages(stream, whole, 'the page token it had been asked with');
        token = nextToken;
        const following = await request(partition, token, { isParent, isNextPage: true });
        if (!following) return;
        reply = following;
      }
    }

    async function isFirstOffered(): Promise<boolean> {
      if (isParentOffered) return isParentOffered();
      for await (const partition of partitions()) return isOffered(contextOf(partition, pages?.firstToken));
      return true;
    }

    return {
      isOffered: isFirstOffered,
      partitions,
      async retrieve(partition, isParent) {
        const reply = await request(partition, pages?.firstToken, { isParent, isNextPage: false });
        if (!reply) return standIn(partition);
        if (pages) return rowsOfPages(reply, pages, partition, isParent);
        return rowsOf(reply, { stream, read: (again) => select(decode(again), partition) });
      },
    };
  },
});
