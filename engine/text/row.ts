// A record on its way: its own bytes until something has to look inside or change it.
import { type JsonObject, parseJson, stringifyJson } from './json.ts';

export interface Row {
  /** One JSON value on one line. */
  readonly bytes: Uint8Array;
  /** The parsed record; the same object every time. */
  value(): JsonObject;
}

/** A row of bytes that were received. */
export function rowOf(bytes: Uint8Array): Row {
  let value: JsonObject | undefined;
  return {
    bytes,
    value: () =>
      (value ??= parseJson(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()) as JsonObject),
  };
}

/** A row of a value that was made or changed here. */
export function rowOfValue(value: JsonObject): Row {
  let bytes: Uint8Array | undefined;
  return {
    get bytes() {
      return (bytes ??= Buffer.from(stringifyJson(value)));
    },
    value: () => value,
  };
}
