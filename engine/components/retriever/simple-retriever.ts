// Reads a stream request by request, and page by page where there are pages.
import { Readable } from 'node:stream';
import { isEqual } from '../../text/python.ts';
import type { Row } from '../../text/row.ts';
import { cartesianRouter } from '../cartesian.ts';
import { boolean, component, optional, slot, slotOrSlots } from '../component.ts';
import type { Cursor, PageRows, PartialParts, Partition, Reply, RequestContext, SentReply } from '../kinds.ts';
import { observedRows } from '../observer.ts';
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
        description:
          'What to request the stream by; several are combined with one another. Left out, the stream is requested once.',
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
        extension: { without: 'records whose details cannot be read are missing', changesRecords: true },
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
    const { observer } = scope;
    const selector = observer && scope.described(record_selector);
    const routers = [partition_router].flat().map((router) => scope.build(router));
    const router = cartesianRouter(routers);
    const { isOffered: isParentOffered } = router;
    const stream = scope.streamName ?? 'stream';
    const { incrementalSync: sync } = scope;
    // What a cursor asks for depends on its state: nobody else asks for the same.
    const users = sync ? () => 1 : scope.twins([requester, partition_router, paginator]);
    const injectsOnce = fields.ignore_stream_slicer_parameters_on_paginated_requests === true;

    let cursor: Cursor | undefined;
    const currentCursor = (): Cursor | undefined => (cursor ??= sync?.begin());

    async function* sliced(slices: Cursor['slices']): AsyncIterable<Partition> {
      for await (const partition of router.partitions()) {
        for (const slice of slices) yield { ...partition, values: { ...partition.values, ...slice } };
      }
    }

    /** The partitions of the routers, each in the slices of the cursor. */
    function partitions(): AsyncIterable<Partition> {
      const slices = currentCursor()?.slices;
      return slices ? sliced(slices) : router.partitions();
    }

    const inject = (partition: Partition): PartialParts =>
      mergeParts(router.inject(partition), cursor?.inject(partition) ?? {});

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

    function rowsIn(reply: Reply, partition: Partition, page?: PageRows): AsyncIterable<Row> {
      const document = decode(reply);
      if (!observer || !selector) return select(document, partition, page);
      return select(document, partition, observedRows(page, observer.reading(reply, { stream, partition, selector })));
    }

    /** What stands in for an ignored reply, if anything does. */
    function standIn(partition: Partition): AsyncIterable<Row> | undefined {
      const { parentRecord } = partition;
      if (fields.parent_record_when_ignored !== true || !parentRecord) return undefined;
      return select(Readable.from([parentRecord.bytes]), partition);
    }

    // A data feed needs to see where what has been read already begins.
    const keepsInPage = (row: Row): boolean => sync?.isDataFeed === true || cursor?.keeps(row) !== false;

    async function* rowsOfPages(
      first: SentReply,
      { next, firstToken, readsReply }: NonNullable<typeof pages>,
      partition: Partition,
      isParent: boolean | undefined,
    ): AsyncIterable<Row> {
      let [reply, token] = [first, firstToken];
      let before: PageNotes | undefined;
      for (;;) {
        let notes = notesOfPage(token, keepsInPage);
        const read = async (again: Reply): Promise<AsyncIterable<Row>> => {
          notes = notesOfPage(token, keepsInPage);
          // Read whole before its rows are, it stays in memory for the strategy.
          if (readsReply) await again.text();
          return rowsIn(again, partition, notes);
        };
        const whole = yield* rowsOf(reply, { stream, read });
        if (notes.equals(before)) throw stuckPages(stream, whole, 'the same records twice in a row');
        before = notes;
        const counts = notes.counts();
        if (sync?.isDataFeed === true && counts.lastKept && cursor?.isBefore(counts.lastKept) === true) return;
        const nextToken = await next({ reply: whole, partition, token, ...counts });
        if (nextToken === undefined) return;
        if (isEqual(nextToken, token)) throw stuckPages(stream, whole, 'the page token it had been asked with');
        token = nextToken;
        const following = await request(partition, token, { isParent, isNextPage: true });
        if (!following) return;
        reply = following;
      }
    }

    async function isFirstOffered(hasFallback?: boolean): Promise<boolean> {
      if (isParentOffered) return isParentOffered(hasFallback);
      for await (const partition of partitions())
        return isOffered({ ...contextOf(partition, pages?.firstToken), hasFallback });
      return true;
    }

    /** Leaves out what a data feed has from before, once its pages have been counted. */
    async function* withoutOld(rows: AsyncIterable<Row>): AsyncIterable<Row> {
      for await (const row of rows) if (cursor?.keeps(row) !== false) yield row;
    }

    function rowsOfPartition(
      first: SentReply,
      partition: Partition,
      isParent: boolean | undefined,
    ): AsyncIterable<Row> {
      if (pages) return rowsOfPages(first, pages, partition, isParent);
      const notes = (): PageNotes | undefined => (sync ? notesOfPage(undefined, keepsInPage) : undefined);
      return rowsOf(first, { stream, read: (again) => rowsIn(again, partition, notes()) });
    }

    return {
      isOffered: isFirstOffered,
      partitions,
      async retrieve(partition, isParent) {
        currentCursor();
        const reply = await request(partition, pages?.firstToken, { isParent, isNextPage: false });
        if (!reply) return standIn(partition);
        const rows = rowsOfPartition(reply, partition, isParent);
        return sync?.isDataFeed === true ? withoutOld(rows) : rows;
      },
      resume: sync && (routers.length === 0 || sync.isGlobal) ? (state) => (cursor = sync.begin(state)) : undefined,
    };
  },
});
