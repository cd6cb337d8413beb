// Where each value of the resolved tree was written.
import type { Place } from './diagnostic.ts';
import type { SourceFile } from './load.ts';

/** An offset into a file's text. */
export interface Spot {
  readonly file: SourceFile;
  readonly offset: number;
}

export interface Origin {
  /** Missing for list elements and the root. */
  readonly key?: Spot | undefined;
  readonly value: Spot;
  /** The origins of what is inside the value, by key or index; asked for only when a place is to be named. */
  readonly inside?: () => ReadonlyMap<string, Origin>;
}

/** Origins by JSON pointer. */
export interface Origins {
  get(pointer: string): Origin | undefined;
  has(pointer: string): boolean;
  set(pointer: string, origin: Origin): unknown;
}

/** `parent/key`, the key escaped as RFC 6901 says. */
export function pointerTo(parent: string, key: string | number): string {
  const text = String(key);
  return `${parent}/${/[~/]/.test(text) ? text.replaceAll('~', '~0').replaceAll('/', '~1') : text}`;
}

const keysOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));

/** The same origin with another one at a path inside it: origins are shared by all uses of a definition, and so never changed. */
function withInside(origin: Origin, [key, ...rest]: readonly string[], other: Origin): Origin {
  if (key === undefined) return other;
  const children = new Map(origin.inside?.());
  children.set(key, withInside(children.get(key) ?? { value: origin.value }, rest, other));
  return { ...origin, inside: () => children };
}

/** The origins of a tree whose root has this one. */
export function originsFrom(root: Origin): Origins {
  let current = root;
  const get = (pointer: string): Origin | undefined =>
    keysOf(pointer).reduce<Origin | undefined>((origin, key) => origin?.inside?.().get(key), current);
  return {
    get,
    has: (pointer) => get(pointer) !== undefined,
    set: (pointer, origin) => (current = withInside(current, keysOf(pointer), origin)),
  };
}

/** The origin of a pointer, or of the nearest parent that has one. */
function originOf(origins: Origins, pointer: string): Origin | undefined {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const origin = origins.get(at);
    if (origin || at === '') return origin;
  }
}

const placeAt = ({ file, offset }: Spot): Place => file.place(offset);

/** The place of the key or of the value that a pointer leads to. */
export function placeOf(origins: Origins, pointer: string, of: 'key' | 'value'): Place {
  const origin = originOf(origins, pointer);
  if (!origin) return { file: 'manifest', line: 1, column: 1 };
  return placeAt(of === 'key' ? (origin.key ?? origin.value) : origin.value);
}

/** The place of a line and column (from 0) inside the text at a pointer, as near as the way it is quoted lets us know. */
export function placeInText(origins: Origins, pointer: string, text: string, line: number, column: number): Place {
  const spot = originOf(origins, pointer)?.value;
  const words = text.split('\n')[line] ?? '';
  const indent = words.length - words.trimStart().length;
  const found = spot && words.trim() !== '' ? spot.file.text.indexOf(words.trim(), spot.offset) : -1;
  if (!spot || found === -1) return placeOf(origins, pointer, 'value');
  return spot.file.place(found + Math.max(0, column - indent));
}
