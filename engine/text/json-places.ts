// Where the members of an object stand in its JSON text, found once for all of them. The text is well-formed and on one line.
import { BYTES_AT, jsonWasm, MEMBERS_AT, MOST_BYTES } from './json-wasm.ts';

const BACKSLASH = 0x5c;

/** The places of many objects stand in one block: a list of their own for each would cost more than to find them. */
const BLOCK_WORDS = 16 * 1024;
let block = new Int32Array(0);
let used = 0;

export class Members {
  readonly count: number;
  readonly #bytes: Buffer;
  /** From `#from` on, four for each member: of its key, after its key, of its value, after its value. */
  readonly #places: Int32Array;
  readonly #from: number;

  constructor(bytes: Buffer, found: Int32Array) {
    if (block.length - used < found.length) {
      block = new Int32Array(Math.max(BLOCK_WORDS, found.length));
      used = 0;
    }
    block.set(found, used);
    this.#bytes = bytes;
    this.#places = block;
    this.#from = used;
    this.count = found.length / 4;
    used += found.length;
  }

  #place(index: number, which: 0 | 1 | 2 | 3): number {
    return this.#places[this.#from + 4 * index + which] as number;
  }

  keyAt(index: number): string {
    return JSON.parse(this.#bytes.toString('utf8', this.#place(index, 0), this.#place(index, 1))) as string;
  }

  /** The JSON text of a value. */
  textAt(index: number): string {
    return this.#bytes.toString('utf8', this.#place(index, 2), this.#place(index, 3));
  }

  /** The bytes of some members and what stands between them. */
  between(first: number, last: number): Buffer {
    return this.#bytes.subarray(this.#place(first, 0), this.#place(last, 3));
  }

  /** Keys are compared as they are asked for: one that is written without escapes letter by letter, not decoded. */
  #isAt(index: number, key: string): boolean {
    const start = this.#place(index, 0) + 1;
    const length = this.#place(index, 1) - 1 - start;
    for (let i = 0; i < length; i += 1) {
      const byte = this.#bytes[start + i] as number;
      if (byte === BACKSLASH || byte > 0x7f) return this.keyAt(index) === key;
      if (byte !== key.charCodeAt(i)) return false;
    }
    return length === key.length;
  }

  /** The last member with this key, the one that counts for JSON.parse; -1 when there is none. */
  lastIndexOf(key: string): number {
    let index = this.count - 1;
    while (index >= 0 && !this.#isAt(index, key)) index -= 1;
    return index;
  }

  /** All members with this key. */
  indexesOf(key: string): number[] {
    const indexes: number[] = [];
    for (let index = 0; index < this.count; index += 1) if (this.#isAt(index, key)) indexes.push(index);
    return indexes;
  }
}

/** The members of an object; undefined when it has too many, or is too long. */
export function membersOf(bytes: Buffer): Members | undefined {
  if (bytes.length > MOST_BYTES) return undefined;
  const wasm = jsonWasm();
  wasm.bytes.set(bytes, BYTES_AT);
  const count = wasm.members(bytes.length);
  return count < 0 ? undefined : new Members(bytes, wasm.words.subarray(MEMBERS_AT, MEMBERS_AT + 4 * count));
}
