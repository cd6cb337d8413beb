// Finds the records at a path with wildcards. What stands before the first wildcard is read as it arrives.
import { isGlob } from '../../text/glob.ts';
import { compilePattern, kindOf, type Match, matchesFrom } from '../../text/json-matches.ts';
import { type Part, partsOf } from '../../text/json-parts.ts';
import { rowScanner } from '../../text/json-rows.ts';
import type { Row } from '../../text/row.ts';
import { checkFound, type Demands, placeOf } from './found-check.ts';
import type { RowMaker } from './row-maker.ts';

type Document = AsyncIterable<Uint8Array>;

/** The parts of what stands at a path without wildcards; the elements of a list come as they arrive. Throws SyntaxError. */
async function* partsAt(document: Document, path: readonly string[], demands: Demands): AsyncIterable<Part> {
  const scanner = rowScanner(path);
  let index = 0;
  for await (const chunk of document) {
    for (const bytes of scanner.push(chunk)) {
      checkFound(scanner.found(), path, demands);
      if (scanner.found() === 'object') yield* partsOf(bytes);
      else yield { key: index++, value: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length) };
    }
  }
  checkFound(scanner.end(), path, demands);
}

/** The parts of a value where the path goes on. Throws SyntaxError when it cannot, for text or a number. */
function strictPartsOf(value: Buffer): Part[] {
  if (kindOf(value) !== 'scalar') return partsOf(value);
  throw new SyntaxError(`the path goes on below ${value.toString('utf8', 0, 60)}, which is no list and no object`);
}

/** A part below the path's first segment `*`, and what the wildcards before that one stand for. */
interface Below {
  readonly part: Part;
  readonly keys: Match['keys'];
}

/**
 * Without a segment `*` the path means one place, as in the reference engine: a list there is a list of records. With one, every
 * match is a record, and `required` and `expect` are about what stands before that segment. Throws SyntaxError.
 */
export function picker(path: readonly string[], demands: Demands, row: RowMaker) {
  const partsIn = demands.required && !path.includes('**') ? strictPartsOf : partsOf;
  const every = path.indexOf('*');
  const base = every < 0 ? path : path.slice(0, every);
  const plain = path.slice(0, path.findIndex(isGlob));
  const head = compilePattern(base.slice(plain.length));
  const tail = compilePattern(path.slice(base.length));
  /** The tail up to its last segment that names something. */
  const named = tail.slice(0, path.findLastIndex((segment) => !/^\*+$/.test(segment)) + 1 - base.length);

  /** What stands at the base when that has wildcards of its own. */
  async function basesIn(document: Document): Promise<Match[]> {
    const found: Match[] = [];
    for await (const part of partsAt(document, plain, { required: demands.required })) {
      found.push(...matchesFrom(part, head, [], partsIn));
    }
    if (found.length === 0) checkFound('missing', base, demands);
    for (const { value } of found) checkFound(kindOf(value), base, demands);
    return found;
  }

  async function* single(document: Document): AsyncIterable<Row> {
    const [match, another] = await basesIn(document);
    if (another) throw new SyntaxError(`there is more than one thing at ${placeOf(path)}`);
    if (!match) return;
    const { value, keys } = match;
    if (kindOf(value) === 'object') yield row(value, keys);
    else for (const element of partsOf(value)) yield row(element.value, keys);
  }

  async function* below(document: Document): AsyncIterable<Below> {
    if (head.length === 0) for await (const part of partsAt(document, base, demands)) yield { part, keys: [] };
    else for (const { value, keys } of await basesIn(document)) for (const part of partsIn(value)) yield { part, keys };
  }

  async function* all(document: Document): AsyncIterable<Row> {
    let isNamedFound = named.length === 0;
    let isEmpty = true;
    for await (const { part, keys } of below(document)) {
      isEmpty = false;
      isNamedFound ||= [...matchesFrom(part, named)].length > 0;
      for (const match of matchesFrom(part, tail, keys, partsIn)) yield row(match.value, match.keys);
    }
    if (!isEmpty && !isNamedFound) checkFound('missing', path, demands);
  }

  return every < 0 ? single : all;
}
