// A record whose fields are parsed when they are asked for, and whose bytes stay but for the fields that were set or removed.
import { type Members, membersOf } from './json-places.ts';
import { type JsonObject, parseJson, stringifyJson } from './json.ts';
import { joinBytes } from './join-bytes.ts';

export interface EditableRecord {
  /**
   * Behaves as the parsed object does. What is set or deleted on it is noted; whoever changes something inside a field sets the
   * field again. Unlike a plain object's, its keys stay in their order when they look like whole numbers.
   */
  readonly value: JsonObject;
  /** The record as it is now, on one line: the bytes it came in, but for what was set or deleted. */
  bytes(): Uint8Array;
}

/** The record that these bytes of a well-formed object are. */
export function editableRecord(received: Uint8Array): EditableRecord {
  const bytes = Buffer.from(received.buffer, received.byteOffset, received.length);
  const members = membersOf(bytes);
  if (members) return new LazyRecord(bytes, members);
  const value = parseJson(bytes.toString()) as JsonObject;
  return { value, bytes: () => Buffer.from(stringifyJson(value)) };
}

/** The traps of its own value. There is one for each record of a sync: what few of them need is made when it is needed. */
class LazyRecord implements EditableRecord, ProxyHandler<JsonObject> {
  readonly value: JsonObject = new Proxy<JsonObject>({}, this);
  readonly #received: Uint8Array;
  readonly #members: Members;
  #written: Uint8Array | undefined;
  readonly #indexes = new Map<string, number>();
  /** The values that were parsed or set. */
  readonly #known = new Map<string, unknown>();
  /** The keys that were set, in that order. */
  #set: Set<string> | undefined;
  /** Keys of the record that were deleted; one that is set again comes last. */
  #removed: Set<string> | undefined;

  constructor(bytes: Buffer, members: Members) {
    this.#received = bytes;
    this.#members = members;
  }

  /** The place among the members, asked for once for each key; -1 when there is none. */
  #indexOf(key: string): number {
    let index = this.#indexes.get(key);
    if (index === undefined) this.#indexes.set(key, (index = this.#members.lastIndexOf(key)));
    return index;
  }

  #stays(key: string): boolean {
    return this.#removed?.has(key) !== true && this.#indexOf(key) >= 0;
  }

  #valueOf(key: string): unknown {
    const known = this.#known.get(key);
    if (known !== undefined || this.#set?.has(key) === true || this.#removed?.has(key) === true) return known;
    const index = this.#indexOf(key);
    if (index < 0) return undefined;
    const parsed = parseJson(this.#members.textAt(index));
    this.#known.set(key, parsed);
    return parsed;
  }

  has(target: JsonObject, key: string | symbol): boolean {
    return (typeof key === 'string' && (this.#known.has(key) || this.#stays(key))) || key in target;
  }

  get(target: JsonObject, key: string | symbol): unknown {
    const own = typeof key === 'string' ? this.#valueOf(key) : undefined;
    if (own !== undefined || (typeof key === 'string' && this.#known.has(key))) return own;
    return Reflect.get(target, key);
  }

  set(_: JsonObject, key: string | symbol, next: unknown): boolean {
    if (typeof key !== 'string') return false;
    this.#known.set(key, next);
    (this.#set ??= new Set()).add(key);
    this.#written = undefined;
    return true;
  }

  defineProperty(target: JsonObject, key: string | symbol, { value }: PropertyDescriptor): boolean {
    return this.set(target, key, value);
  }

  getOwnPropertyDescriptor(_: JsonObject, key: string | symbol): PropertyDescriptor | undefined {
    if (typeof key !== 'string' || !(this.#known.has(key) || this.#stays(key))) return undefined;
    return { value: this.#valueOf(key), writable: true, enumerable: true, configurable: true };
  }

  deleteProperty(_: JsonObject, key: string | symbol): boolean {
    if (typeof key !== 'string') return true;
    this.#known.delete(key);
    this.#set?.delete(key);
    if (this.#indexOf(key) >= 0) (this.#removed ??= new Set()).add(key);
    this.#written = undefined;
    return true;
  }

  ownKeys(): string[] {
    const received = new Set(Array.from({ length: this.#members.count }, (_, index) => this.#members.keyAt(index)));
    return [...[...received].filter((key) => this.#stays(key)), ...this.#added()];
  }

  /** The keys that were set and stand in no place of the received bytes. */
  #added(): string[] {
    return this.#set ? [...this.#set].filter((key) => !this.#stays(key)) : [];
  }

  #member(key: string): string {
    return `${JSON.stringify(key)}:${stringifyJson(this.#known.get(key))}`;
  }

  bytes(): Uint8Array {
    return (this.#written ??= this.#write());
  }

  /** The members that do not stay as they are, in their order, with the key of those that are replaced. */
  #changes(): { index: number; replaced: string | undefined }[] {
    const changed = [...(this.#removed ?? []), ...(this.#set ?? [])].filter((key) => this.#indexOf(key) >= 0);
    return [...new Set(changed)]
      .flatMap((key) =>
        this.#members.indexesOf(key).map((index) => {
          const isReplaced = this.#removed?.has(key) !== true && index === this.#indexOf(key);
          return { index, replaced: isReplaced ? key : undefined };
        }),
      )
      .sort((left, right) => left.index - right.index);
  }

  #write(): Uint8Array {
    if ((this.#set?.size ?? 0) === 0 && (this.#removed?.size ?? 0) === 0) return this.#received;
    const parts: (string | Uint8Array)[] = [];
    // What comes after the parts: fewer and longer texts are faster to write.
    let text = '{';
    let [separator, next] = ['', 0];
    const put = (key: string): void => {
      text += separator + this.#member(key);
      separator = ',';
    };
    const keepUntil = (end: number): void => {
      if (next < end) {
        parts.push(text + separator, this.#members.between(next, end - 1));
        [text, separator] = ['', ','];
      }
      next = end + 1;
    };
    for (const { index, replaced } of this.#changes()) {
      keepUntil(index);
      if (replaced !== undefined) put(replaced);
    }
    keepUntil(this.#members.count);
    for (const key of this.#added()) put(key);
    parts.push(`${text}}`);
    return joinBytes(parts);
  }
}
