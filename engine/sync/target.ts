// What `sync` writes into: the one shape of all targets.
import type { JsonObject } from '../text/json.ts';

/** The records of a stream on their way. Nothing of them is seen before `commit`, and nothing at all after `abandon`. */
export interface Table {
  /** Takes the bytes of a record. There is something to wait for only when it returns a promise. */
  readonly write: (record: Uint8Array) => Promise<void> | undefined;
  /** Puts what was written in the place of what was there, all of it at once. */
  readonly commit: () => Promise<void>;
  /** Leaves what was there; also after a commit that failed. */
  readonly abandon: () => Promise<void>;
}

export interface Target {
  /** Begins to write a stream. `warn` is told what a reader of the table has to know. */
  readonly open: (stream: string, schema: JsonObject, warn: (text: string) => void) => Promise<Table>;
  readonly close: () => Promise<void>;
}
