// The parts of one JSON object or list, found in its bytes and left as they are. The value has been held against the grammar before.

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const SPACE = 0x20;

/** A member of an object or an element of a list. */
export interface Part {
  /** An element's key is its index. */
  readonly key: string | number;
  readonly value: Buffer;
}

/** Where a part stands in the bytes of the whole; the key of an element is empty. */
interface Place {
  readonly keyFrom: number;
  readonly keyTo: number;
  readonly from: number;
  readonly to: number;
}

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);

function afterText(bytes: Uint8Array, from: number): number {
  let i = from + 1;
  while (bytes[i] !== QUOTE) i += bytes[i] === BACKSLASH ? 2 : 1;
  return i + 1;
}

function afterValue(bytes: Uint8Array, from: number): number {
  let depth = 0;
  let i = from;
  do {
    const byte = bytes[i] as number;
    if (byte === QUOTE) i = afterText(bytes, i);
    else {
      if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth += 1;
      else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) depth -= 1;
      i += 1;
    }
  } while (depth > 0);
  const first = bytes[from];
  if (first === QUOTE || first === OPEN_OBJECT || first === OPEN_ARRAY) return i;
  // A number or a word ends where something begins that cannot be of it.
  for (let byte = bytes[i]; i < bytes.length; byte = bytes[++i]) {
    if (byte === COMMA || byte === CLOSE_OBJECT || byte === CLOSE_ARRAY || (byte as number) <= SPACE) break;
  }
  return i;
}

function afterSpace(bytes: Uint8Array, from: number): number {
  let i = from;
  while ((bytes[i] as number) <= SPACE) i += 1;
  return i;
}

/** Where the parts of an object or a list stand; a value of another kind has none. */
function placesIn(bytes: Uint8Array): Place[] {
  const start = afterSpace(bytes, 0);
  const isObject = bytes[start] === OPEN_OBJECT;
  if (!isObject && bytes[start] !== OPEN_ARRAY) return [];
  const places: Place[] = [];
  let i = afterSpace(bytes, start + 1);
  while (bytes[i] !== CLOSE_OBJECT && bytes[i] !== CLOSE_ARRAY) {
    const keyFrom = i;
    const keyTo = isObject ? afterText(bytes, i) : i;
    if (isObject) i = afterSpace(bytes, afterSpace(bytes, keyTo) + 1);
    const from = i;
    const to = afterValue(bytes, from);
    places.push({ keyFrom, keyTo, from, to });
    i = afterSpace(bytes, to);
    if (bytes[i] === COMMA) i = afterSpace(bytes, i + 1);
  }
  return places;
}

/** The parts of an object or a list, in their order; of equal keys all. A value of another kind has none. */
export function partsOf(bytes: Uint8Array): Part[] {
  const buffer = bufferOf(bytes);
  return placesIn(bytes).map(({ keyFrom, keyTo, from, to }, index) => ({
    key: keyFrom === keyTo ? index : (JSON.parse(buffer.toString('utf8', keyFrom, keyTo)) as string),
    value: buffer.subarray(from, to),
  }));
}

/** An object with members of these names and JSON values: one that is there is replaced where it stands, others come at the end. */
export function withMembers(object: Uint8Array, members: ReadonlyMap<string, string | Uint8Array>): Buffer {
  const buffer = bufferOf(object);
  const places = placesIn(object);
  const left = new Map(members);
  const pieces: Uint8Array[] = [];
  let done = 0;
  const write = (...texts: (string | Uint8Array)[]): void => {
    for (const text of texts) pieces.push(typeof text === 'string' ? Buffer.from(text) : text);
  };
  for (const { keyFrom, keyTo, from, to } of places) {
    const key = JSON.parse(buffer.toString('utf8', keyFrom, keyTo)) as string;
    const value = members.get(key);
    if (value === undefined) continue;
    left.delete(key);
    write(buffer.subarray(done, from), value);
    done = to;
  }
  const end = buffer.lastIndexOf(CLOSE_OBJECT);
  write(buffer.subarray(done, end));
  let isFirst = places.length === 0;
  for (const [name, value] of left) {
    write(`${isFirst ? '' : ','}${JSON.stringify(name)}:`, value);
    isFirst = false;
  }
  write(buffer.subarray(end));
  return Buffer.concat(pieces);
}
