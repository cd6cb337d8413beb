// A record on its way: its own bytes until something has to look inside or change it.
import { editableRecord, type EditableRecord } from './json-record.ts';
import { type JsonObject, stringifyJson } from './json.ts';

export interface Row {
  /** The record as it is now: one JSON value on one line. */
  readonly bytes: Uint8Array;
  /** The record as a value; the same object every time. What is changed on it shows in the bytes (see EditableRecord). */
  value(): JsonObject;
}

/** A row of bytes that were received. */
export function rowOf(received: Uint8Array): Row {
  let record: EditableRecord | undefined;
  return {
    get bytes() {
      return record?.bytes() ?? received;
    },
    value: () => (record ??= editableRecord(received)).value,
  };
}

/** A row of a value that was made here. */
export function rowOfValue(value: JsonObject): Row {
  return {
    get bytes() {
      return Buffer.from(stringifyJson(value));
    },
    value: () => value,
  };
}
