// Requests partitions ahead of their turn; their rows come in the order of the partitions.
import { pMapIterable } from 'p-map';
import type { Row } from '../text/row.ts';
import type { Partition, Retriever } from './kinds.ts';

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

/** Requests up to `concurrency` partitions at once; with 0, each when its turn comes. `isParent`: to find partitions with their rows. */
export async function* requestAhead(
  retriever: Retriever,
  concurrency: number,
  isParent = false,
): AsyncIterable<{ readonly partition: Partition; readonly rows: Rows }> {
  if (concurrency === 0) {
    for await (const partition of retriever.partitions()) {
      yield { partition, rows: await retriever.retrieve(partition, isParent) };
    }
    return;
  }
  const ahead: Promise<Rows>[] = [];
  const request = async (partition: Partition): Promise<{ partition: Partition; rows: Rows }> => {
    const rows = retriever.retrieve(partition, isParent);
    ahead.push(rows);
    return { partition, rows: await rows };
  };
  const replies = pMapIterable(retriever.partitions(), request, {
    concurrency,
    backpressure: READ_AHEAD * concurrency,
  });
  try {
    for await (const reply of replies) {
      void ahead.shift();
      yield reply;
    }
  } finally {
    // After an error or an early end: other streams wait for what these hold. What goes wrong with them is nobody's concern.
    for (const rows of ahead) rows.then(discard).catch(() => undefined);
  }
}
