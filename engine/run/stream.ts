// The rows of one stream, in the order of its partitions.
import { requestAhead } from '../components/ahead.ts';
import type { Partition, Retriever } from '../components/kinds.ts';
import type { Row } from '../text/row.ts';

/** Told of what is out. */
export interface Progress {
  readonly seen?: ((row: Row, partition: Partition) => void) | undefined;
  /** All of the partition is out. */
  readonly ended: (partition: Partition) => Promise<void>;
}

/** Requests up to `concurrency` partitions at once; the rows come in the same order whatever it is. */
export async function* readStream(retriever: Retriever, concurrency: number, progress?: Progress): AsyncIterable<Row> {
  for await (const { partition, rows } of requestAhead(retriever, concurrency)) {
    for await (const row of rows ?? []) {
      yield row;
      progress?.seen?.(row, partition);
    }
    await progress?.ended(partition);
  }
}
