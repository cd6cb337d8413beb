// Where each value of the resolved tree was written: a map from JSON pointer to places.
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
}

export type Origins = Map<string, Origin>;

/** `parent/key`, the key escaped as RFC 6901 says. */
export function pointerTo(parent: string, key: string | number): string {
  return `${parent}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
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
