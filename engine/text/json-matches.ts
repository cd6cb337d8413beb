// What a path with wildcards matches in JSON, as bytes: a segment may be a pattern of keys, and `**` stands for any depth.
import { globMatcher, isGlob } from './glob.ts';
import { type Part, partsOf } from './json-parts.ts';

export interface Match {
  /** What the segments with wildcards stand for here, outermost first. */
  readonly keys: readonly (string | number)[];
  readonly value: Buffer;
}

interface Segment {
  readonly isWild: boolean;
  readonly isDeep: boolean;
  readonly matches: (key: string) => boolean;
}

export type Pattern = readonly Segment[];

/** Throws SyntaxError for a segment that is no pattern. */
export function compilePattern(path: readonly string[]): Pattern {
  return path.map((segment) => ({
    isWild: isGlob(segment),
    isDeep: segment === '**',
    matches: segment === '*' ? () => true : globMatcher(segment),
  }));
}

/** What stands in a value, as far as its first byte tells. */
export function kindOf(value: Uint8Array): 'array' | 'object' | 'nothing' | 'scalar' {
  if (value[0] === 0x5b) return 'array';
  if (value[0] === 0x7b) return 'object';
  return /^(?:null|false|0|"")$/.test(Buffer.from(value).toString('latin1')) ? 'nothing' : 'scalar';
}

/** What a pattern matches from a part on, in the order of the document. `partsIn` gives the parts of a value. */
export function* matchesFrom(
  { key, value }: Part,
  pattern: Pattern,
  keys: Match['keys'] = [],
  partsIn: (value: Buffer) => Iterable<Part> = partsOf,
): Iterable<Match> {
  const [segment, ...rest] = pattern;
  if (!segment) return;
  if (segment.isDeep) {
    if (rest.length > 0) yield* matchesFrom({ key, value }, rest, keys, partsIn);
    else yield { keys, value };
    for (const part of partsIn(value)) yield* matchesFrom(part, pattern, keys, partsIn);
    return;
  }
  if (!segment.matches(String(key))) return;
  const found = segment.isWild ? [...keys, key] : keys;
  if (rest.length === 0) yield { keys: found, value };
  else for (const part of partsIn(value)) yield* matchesFrom(part, rest, found, partsIn);
}
