// A record on its way: its own bytes until something has to look inside or change it.
import { type JsonObject, isJsonObject, parseJson, stringifyJson } from './json.ts';

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

const newLines = /[\r\n]/;
const decoder = new TextDecoder('utf-8', { fatal: true });

/** Checks that bytes are one well-formed JSON value in UTF-8 and takes out the line breaks between its tokens. Throws SyntaxError. */
export function checkedRow(bytes: Uint8Array): Row {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw new SyntaxError('a record is not valid UTF-8');
  }
  const parsed: unknown = JSON.parse(text);
  if (!isJsonObject(parsed)) throw new SyntaxError(`a record is not an object: ${text.slice(0, 60)}`);
  // JSON allows line breaks between tokens only, so all of them can go.
  return rowOf(newLines.test(text) ? Buffer.from(text.replaceAll(/[\r\n]/g, '')) : bytes);
}
