// A record on its way: its own bytes until something has to look inside or change it.
import { editableRecord, type EditableRecord } from './json-record.ts';
import { type JsonObject, stringifyJson } from './json.ts';

export interface Row {
  /** The record as it is now: one JSON value on one line. */
  readonly bytes: Uint8Array;
  /** The record as a value; the same object every time. What is changed on it shows in the bytes (see EditableRecord). */
  value(): JsonObject;
}

class ReceivedRow implements Row {
  readonly #received: Uint8Array;
  #record: EditableRecord | undefined;

  constructor(received: Uint8Array) {
    this.#received = received;
  }

  get bytes(): Uint8Array {
    return this.#record?.bytes() ?? this.#received;
  }

  value(): JsonObject {
    return (this.#record ??= editableRecord(this.#received)).value;
  }
}

/** A row of bytes that were received. */
export const rowOf = (received: Uint8Array): Row => new ReceivedRow(received);

/** A row of a value that was made here. */
export function rowOfValue(value: JsonObject): Row {
  return {
    get bytes() {
      return Buffer.from(stringifyJson(value));
    },
    value: () => value,
  };
}
