// What programs get from a source, and what they may say to a read. Imports nothing: these types are published.

/** A value of JSON. */
export type JsonValue = null | boolean | number | bigint | string | JsonValue[] | { [key: string]: JsonValue };

/** A record of a stream. */
export interface SourceRecord {
  /**
   * Its fields. A whole number that a `number` does not hold exactly is a `bigint`; another number is the nearest `number`, whose
   * further digits, as those of `1.10`, stand in `bytes`. Parsed anew each time it is asked for.
   */
  readonly data: { [key: string]: JsonValue };
  /** The record as JSON in UTF-8, on one line, with every digit as it came. */
  readonly bytes: Uint8Array;
}

/** What a stream is called, and what its records look like. */
export interface SourceStream {
  readonly name: string;
  /** The JSON Schema of its records, draft-07. */
  readonly jsonSchema: Readonly<Record<string, unknown>>;
  /** Paths of the key's fields: `[['id']]`; empty when it has no key. */
  readonly primaryKey: readonly (readonly string[])[];
  /** The field that says which records are new; left out for a stream that is always read in full. */
  readonly cursorField?: string;
}

/** How a stream is read that can be read from where the last time ended. */
export interface ReadOptions {
  /** Where the last read of the stream ended, as `onState` was told; without it the stream is read in full. */
  readonly state?: Readonly<Record<string, unknown>> | undefined;
  /** Told where to go on next time, whenever a part of the stream is out and at its end. Streams without a `cursorField` tell nothing. */
  readonly onState?: (state: Readonly<Record<string, unknown>>) => void;
}
