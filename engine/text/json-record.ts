// A record whose fields are parsed when they are asked for, and whose bytes stay but for the fields that were set or removed.
import { BYTES_AT, jsonWasm, MEMBERS_AT, MOST_BYTES } from './json-wasm.ts';
import { type JsonObject, parseJson, stringifyJson } from './json.ts';

export interface EditableRecord {
  /**
   * Behaves as the parsed object does. What is set or deleted on it is noted; whoever changes something inside a field sets the
   * field again. Unlike a plain object's, its keys stay in their order when they look like whole numbers.
   */
  readonly value: JsonObject;
  /** The record as it is now, on one line: the bytes it came in, but for what was set or deleted. */
  bytes(): Uint8Array;
}

const BACKSLASH = 0x5c;

const textOf = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString();

/** Where the members of an object are, four places for each: of its key, after its key, of its value, after its value. */
type Places = Int32Array;

/** The places in a well-formed object on one line; undefined when it has too many members or is too long. */
function placesOf(bytes: Uint8Array): Places | undefined {
  if (bytes.length > MOST_BYTES) return undefined;
  const wasm = jsonWasm();
  wasm.bytes.set(bytes, BYTES_AT);
  const count = wasm.members(bytes.length);
  return count < 0 ? undefined : wasm.words.slice(MEMBERS_AT, MEMBERS_AT + 4 * count);
}

/** The members of an object by their keys. Keys are compared as they are asked for, not decoded all. */
function membersOf(bytes: Uint8Array, places: Places) {
  const count = places.length / 4;
  const place = (index: number, which: 0 | 1 | 2 | 3): number => places[4 * index + which] as number;
  const asked = new Map<string, readonly number[]>();

  const keyAt = (index: number): string => JSON.parse(textOf(bytes, place(index, 0), place(index, 1))) as string;

  /** A key that is written without escapes is compared byte by byte. */
  function isAt(index: number, key: string, plain: Uint8Array): boolean {
    const start = place(index, 0) + 1;
    const end = place(index, 1) - 1;
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] as number;
      if (byte === BACKSLASH) return keyAt(index) === key;
      if (byte !== plain[at - start]) return false;
    }
    return end - start === plain.length;
  }

  return {
    count,
    place,
    keyAt,
    /** All members with this key. Of equal keys the last one counts, as for JSON.parse. */
    indexesOf(key: string): readonly number[] {
      const known = asked.get(key);
      if (known) return known;
      const plain = Buffer.from(key);
      const found: number[] = [];
      for (let index = 0; index < count; index += 1) if (isAt(index, key, plain)) found.push(index);
      asked.set(key, found);
      return found;
    },
  };
}

/** The record that these bytes of a well-formed object are. */
export function editableRecord(bytes: Uint8Array): EditableRecord {
  const places = placesOf(bytes);
  if (places) return lazyRecord(bytes, membersOf(bytes, places));
  const value = parseJson(textOf(bytes, 0, bytes.length)) as JsonObject;
  return { value, bytes: () => Buffer.from(stringifyJson(value)) };
}

const [OPEN, COMMA, CLOSE] = ['{', ',', '}'].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer];

function lazyRecord(bytes: Uint8Array, members: ReturnType<typeof membersOf>): EditableRecord {
  const parsed = new Map<string, unknown>();
  const set = new Map<string, unknown>();
  /** Keys of the record that were deleted; one that is set again comes last. */
  const removed = new Set<string>();
  let written: Uint8Array | undefined = bytes;

  const stays = (key: string): boolean => !removed.has(key) && members.indexesOf(key).length > 0;
  const has = (key: string | symbol): key is string => typeof key === 'string' && (set.has(key) || stays(key));
  const isAdded = (key: string): boolean => !stays(key);

  function valueOf(key: string): unknown {
    if (set.has(key)) return set.get(key);
    if (!parsed.has(key)) {
      const index = members.indexesOf(key).at(-1) ?? 0;
      parsed.set(key, parseJson(textOf(bytes, members.place(index, 2), members.place(index, 3))));
    }
    return parsed.get(key);
  }

  function keys(): string[] {
    const own = new Set(Array.from({ length: members.count }, (_, index) => members.keyAt(index)));
    return [...[...own].filter(stays), ...[...set.keys()].filter(isAdded)];
  }

  const value = new Proxy<JsonObject>(
    {},
    {
      has: (target, key) => has(key) || key in target,
      get: (target, key) => (has(key) ? valueOf(key) : (Reflect.get(target, key) as unknown)),
      ownKeys: keys,
      getOwnPropertyDescriptor: (_, key) =>
        has(key) ? { value: valueOf(key), writable: true, enumerable: true, configurable: true } : undefined,
      defineProperty(_, key, { value: next }) {
        if (typeof key === 'string') set.set(key, next);
        written = undefined;
        return true;
      },
      deleteProperty(_, key) {
        if (typeof key !== 'string') return true;
        set.delete(key);
        if (members.indexesOf(key).length > 0) removed.add(key);
        written = undefined;
        return true;
      },
    },
  );

  function write(): Uint8Array {
    if (set.size === 0 && removed.size === 0) return bytes;
    const parts: Uint8Array[] = [];
    const put = (key: string): void =>
      void parts.push(Buffer.from(`${JSON.stringify(key)}:${stringifyJson(set.get(key))}`));
    /** The members that do not stay as they are, in their order, with the key of those that are replaced. */
    const changes = [...new Set([...removed, ...set.keys()])]
      .flatMap((key) =>
        members.indexesOf(key).map((index, nth, all) => {
          const isReplaced = !removed.has(key) && nth === all.length - 1;
          return { index, replaced: isReplaced ? key : undefined };
        }),
      )
      .sort((left, right) => left.index - right.index);
    let next = 0;
    for (const { index, replaced } of [...changes, { index: members.count, replaced: undefined }]) {
      if (next < index) parts.push(bytes.subarray(members.place(next, 0), members.place(index - 1, 3)));
      if (replaced !== undefined) put(replaced);
      next = index + 1;
    }
    [...set.keys()].filter(isAdded).forEach(put);
    return Buffer.concat([OPEN, ...parts.flatMap((part, index) => (index === 0 ? [part] : [COMMA, part])), CLOSE]);
  }

  return { value, bytes: () => (written ??= write()) };
}
