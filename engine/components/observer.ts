// Who looks on while streams are read, such as a test read that shows what becomes of a reply. A sync has nobody, and its records go
// the way of their bytes: the only cost of the possibility is one comparison for each reply.
import type { JsonObject } from '../text/json.ts';
import type { Row } from '../text/row.ts';
import type { PageRows, Partition, Reply } from './kinds.ts';

/** Told of the rows of one reply. */
export interface RowsObserver {
  /** A row as the reply has it. */
  readonly found: (row: Row) => void;
  /** The row that was found last, as it is after the transformations. */
  readonly kept: (row: Row) => void;
  /** The row that was found last is not one that the cursor asks for. */
  readonly outside: () => void;
}

export interface Observer {
  /** The rows of a reply are about to be read. A reply keeps its `headers`, by which it can be recognised, from the client on. */
  readonly reading: (reply: Reply, from: ReadFrom) => RowsObserver;
}

export interface ReadFrom {
  readonly stream: string;
  readonly partition: Partition;
  /** What the manifest says of the selector. */
  readonly selector: JsonObject;
}

/** What is told of the rows of a page, and an observer besides. */
export const observedRows = (page: PageRows | undefined, observer: RowsObserver): PageRows => ({
  token: page?.token,
  keeps(row) {
    const isKept = page?.keeps(row) !== false;
    if (!isKept) observer.outside();
    return isKept;
  },
  found(row) {
    page?.found(row);
    observer.found(row);
  },
  kept(row) {
    page?.kept(row);
    observer.kept(row);
  },
});
