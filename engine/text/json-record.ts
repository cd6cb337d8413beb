// A record whose fields are parsed when they are asked for, and whose bytes stay but for the fields that were set or removed.
import { BYTES_AT, jsonWasm, MEMBERS_AT, MOST_BYTES } from './json-wasm.ts';
import { type JsonObject, parseJson, stringifyJson } from './json.ts';

/** A member of the object: where it begins, where its value does, where that ends. */
interface Member {
  readonly key: string;
  readonly start: number;
  readonly from: number;
  readonly to: number;
}

export interface EditableRecord {
  /**
   * Behaves as the parsed object does. What is set or deleted on it is noted; whoever changes something inside a field sets the
   * field again. Unlike a plain object's, its keys stay in their order when they look like whole numbers.
   */
  readonly value: JsonObject;
  /** The record as it is now, on one line: the bytes it came in, but for what was set or deleted. */
  bytes(): Uint8Array;
}

const textOf = (bytes: Uint8Array, from: number, to: number, encoding?: 'latin1'): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString(encoding);

/** Keys come again with every record: each is decoded once. */
const decoded = new Map<string, string>();
const MOST_DECODED = 10_000;

function keyOf(bytes: Uint8Array, from: number, to: number): string {
  const literal = textOf(bytes, from, to, 'latin1');
  const known = decoded.get(literal);
  if (known !== undefined) return known;
  const key = JSON.parse(textOf(bytes, from, to)) as string;
  if (decoded.size >= MOST_DECODED) decoded.clear();
  decoded.set(literal, key);
  return key;
}

/** The members of a well-formed object on one line, in their order; undefined when there are too many or they are too long. */
function membersOf(bytes: Uint8Array): Member[] | undefined {
  if (bytes.length > MOST_BYTES) return undefined;
  const wasm = jsonWasm();
  wasm.bytes.set(bytes, BYTES_AT);
  const count = wasm.members(bytes.length);
  if (count < 0) return undefined;
  return Array.from({ length: count }, (_, index) => {
    const at = MEMBERS_AT + 4 * index;
    const [start = 0, end = 0, from = 0, to = 0] = wasm.words.subarray(at, at + 4);
    return { key: keyOf(bytes, start, end), start, from, to };
  });
}

/** The record that these bytes of a well-formed object are. */
export function editableRecord(bytes: Uint8Array): EditableRecord {
  const members = membersOf(bytes);
  if (!members) {
    const value = parseJson(textOf(bytes, 0, bytes.length)) as JsonObject;
    return { value, bytes: () => Buffer.from(stringifyJson(value)) };
  }
  return lazyRecord(bytes, members);
}

const [OPEN, COMMA, CLOSE] = ['{', ',', '}'].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer];

function lazyRecord(bytes: Uint8Array, members: readonly Member[]): EditableRecord {
  // Of equal keys the last one counts, as for JSON.parse.
  const own = new Map(members.map((member) => [member.key, member]));
  const parsed = new Map<string, unknown>();
  const set = new Map<string, unknown>();
  /** Own keys that were deleted; one that is set again comes last. */
  const removed = new Set<string>();

  const stays = (key: string): boolean => own.has(key) && !removed.has(key);
  const has = (key: string | symbol): key is string => typeof key === 'string' && (set.has(key) || stays(key));
  const isAdded = (key: string): boolean => !stays(key);
  const isUntouched = ({ key }: Member): boolean => !set.has(key) && !removed.has(key);

  function valueOf(key: string): unknown {
    if (set.has(key)) return set.get(key);
    if (!parsed.has(key)) {
      const { from = 0, to = 0 } = own.get(key) ?? {};
      parsed.set(key, parseJson(textOf(bytes, from, to)));
    }
    return parsed.get(key);
  }

  const value = new Proxy<JsonObject>(
    {},
    {
      has: (target, key) => has(key) || key in target,
      get: (target, key) => (has(key) ? valueOf(key) : (Reflect.get(target, key) as unknown)),
      ownKeys: () => [...[...own.keys()].filter(stays), ...[...set.keys()].filter(isAdded)],
      getOwnPropertyDescriptor: (_, key) =>
        has(key) ? { value: valueOf(key), writable: true, enumerable: true, configurable: true } : undefined,
      defineProperty(_, key, { value: next }) {
        if (typeof key === 'string') set.set(key, next);
        return true;
      },
      deleteProperty(_, key) {
        if (typeof key !== 'string') return true;
        set.delete(key);
        if (own.has(key)) removed.add(key);
        return true;
      },
    },
  );

  function edited(): Uint8Array {
    const parts: Uint8Array[] = [];
    const put = (key: string): void =>
      void parts.push(Buffer.from(`${JSON.stringify(key)}:${stringifyJson(set.get(key))}`));
    /** Where members that stay as they are begin, one after another. */
    let start: number | undefined;
    members.forEach((member, index) => {
      const { key, to } = member;
      if (isUntouched(member)) {
        start ??= member.start;
        const next = members[index + 1];
        if (next && isUntouched(next)) return;
        parts.push(bytes.subarray(start, to));
        start = undefined;
      } else if (!removed.has(key) && own.get(key) === member) put(key);
    });
    [...set.keys()].filter(isAdded).forEach(put);
    return Buffer.concat([OPEN, ...parts.flatMap((part, index) => (index === 0 ? [part] : [COMMA, part])), CLOSE]);
  }

  return { value, bytes: () => (set.size === 0 && removed.size === 0 ? bytes : edited()) };
}
