// The rows of one stream: partitions are requested ahead of their turn, rows leave in the order of the partitions.
import { pMapIterable } from 'p-map';
import type { Partition, Retriever } from '../components/kinds.ts';
import type { Row } from '../text/row.ts';

/** So many replies may wait for their turn, for each request in flight: a slow one does not stop the others at once. */
const READ_AHEAD = 2;

/** Rows of a partition, or none when its reply is to be ignored. */
type Rows = AsyncIterable<Row> | undefined;

/** Closes rows that nobody will read: their request is over then. One that has not begun has nothing to close, so it begins. */
async function discard(rows: Rows): Promise<void> {
  const iterator = rows?.[Symbol.asyncIterator]();
  await iterator?.next();
  await iterator?.return?.();
}

/** Told of what is out. */
export interface Progress {
  readonly seen: (row: Row, partition: Partition) => void;
  /** All of the partition is out. */
  readonly ended: (partition: Partition) => Promise<void>;
}

/** Requests up to `concurrency` partitions at once; the rows come in the same order whatever it is. */
export async function* readStream(retriever: Retriever, concurrency: number, progress?: Progress): AsyncIterable<Row> {
  const ahead: Promise<Rows>[] = [];
  const request = async (partition: Partition): Promise<{ partition: Partition; rows: Rows }> => {
    const rows = retriever.retrieve(partition);
    ahead.push(rows);
    return { partition, rows: await rows };
  };
  const replies = pMapIterable(retriever.partitions(), request, {
    concurrency,
    backpressure: READ_AHEAD * concurrency,
  });
  try {
    for await (const { partition, rows } of replies) {
      void ahead.shift();
      if (!progress) {
        if (rows) yield* rows;
        continue;
      }
      for await (const row of rows ?? []) {
        yield row;
        progress.seen(row, partition);
      }
      await progress.ended(partition);
    }
  } finally {
    // After an error or an early end: other streams wait for what these hold. What goes wrong with them is nobody's concern.
    for (const rows of ahead) rows.then(discard).catch(() => undefined);
  }
}
