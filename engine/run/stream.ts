// The rows of one stream: partitions are requested ahead of their turn, rows leave in the order of the partitions.
import { pMapIterable } from 'p-map';
import type { Retriever } from '../components/kinds.ts';
import type { Row } from '../text/row.ts';

/** So many replies may wait for their turn, for each request in flight: a slow one does not stop the others at once. */
const READ_AHEAD = 2;

/** Requests up to `concurrency` partitions at once; the rows come in the same order whatever it is. */
export async function* readStream(retriever: Retriever, concurrency: number): AsyncIterable<Row> {
  const replies = pMapIterable(retriever.partitions(), (partition) => retriever.retrieve(partition), {
    concurrency,
    backpressure: READ_AHEAD * concurrency,
  });
  for await (const rows of replies) yield* rows;
}
