// Cuts the records out of a JSON document that arrives in chunks cut anywhere, without making values of them. The whole document
// is checked against the grammar on the way, so that a broken or cut-off one is noticed and no broken row gets out.
import { Buffer, isUtf8 } from 'node:buffer';
import { JsonProblem, MOST_CHUNK_BYTES, valueWalker } from './json-value.ts';

/** What stood at the end of the path: rows, nothing (null, false, 0, empty text), another scalar, or no value at all. */
export type Found = 'array' | 'object' | 'nothing' | 'scalar' | 'missing';

export interface RowScanner {
  /** Takes the next chunk; returns the rows that ended in it, each the bytes of one JSON value on one line. Throws SyntaxError. */
  push(chunk: Uint8Array): Uint8Array[];
  /** What has been found so far. */
  found(): Found;
  /** The document is over. Throws SyntaxError when it was not a whole JSON document. */
  end(): Found;
}

const [QUOTE, COMMA, COLON] = [0x22, 0x2c, 0x3a];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const [SPACE, TAB, LINE_FEED, CARRIAGE_RETURN] = [0x20, 0x09, 0x0a, 0x0d];
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** A record is held in memory whole; a longer one is refused. */
const MOST_ROW_BYTES = 256 * 1024 * 1024;

/** What may come next in the objects on the path and in the array of rows. */
type Expected = 'value' | 'key' | 'first key' | 'colon' | 'element' | 'first element' | 'separator' | 'end';

/**
 * A scanner for the rows at `path`: the elements of the array there, or the one object.
 * Of equal keys in an object the first one is followed.
 */
export function rowScanner(path: readonly string[]): RowScanner {
  const walker = valueWalker();
  let expected: Expected = 'value';
  let offset = 0;
  let found: Found = 'missing';
  /** How many objects of the path are open, and whether the array of rows is. */
  let level = 0;
  let isInRows = false;
  /** Whether the value that comes next stands on the path, and whether one of this object has. */
  let isOnPath = true;
  let isFollowed = false;
  /** What is walked through, if anything, and the parts of it that earlier chunks held. */
  let walking: 'row' | 'key' | 'other' | undefined;
  let pieces: Uint8Array[] = [];
  let pieceBytes = 0;
  let rows: Uint8Array[] = [];

  function fail(what: string, at: number): never {
    throw new SyntaxError(`${what} at byte ${offset + at}`);
  }

  function finishRow(bytes: Uint8Array): void {
    // Line breaks stand between tokens only: the grammar has none inside.
    const line = walker.hasLineBreak() ? bytes.filter((byte) => byte !== LINE_FEED && byte !== CARRIAGE_RETURN) : bytes;
    if (!isUtf8(line)) throw new SyntaxError('a record is not valid UTF-8');
    if (found !== 'scalar') rows.push(line);
    else if (/^(?:null|false|0|"")$/.test(Buffer.from(line).toString())) found = 'nothing';
  }

  /** What was walked through has ended. */
  function finish(): void {
    const bytes = pieces.length === 1 ? (pieces[0] as Uint8Array) : Buffer.concat(pieces);
    pieces = [];
    pieceBytes = 0;
    if (walking === 'key') {
      isOnPath = !isFollowed && JSON.parse(Buffer.from(bytes).toString()) === path[level - 1];
      expected = 'colon';
    } else {
      if (walking === 'row') finishRow(bytes);
      expected = level > 0 || isInRows ? 'separator' : 'end';
    }
    walking = undefined;
  }

  /** Decides at the first byte of a value: true to walk through it, false when it was stepped into. */
  function enter(byte: number): boolean {
    walking = isInRows ? 'row' : 'other';
    if (isInRows || !isOnPath) return true;
    isFollowed = true;
    if (level < path.length) {
      if (byte !== OPEN_OBJECT) return true;
      level += 1;
      isFollowed = false;
      expected = 'first key';
    } else if (byte === OPEN_ARRAY) {
      found = 'array';
      isInRows = true;
      expected = 'first element';
    } else {
      found = byte === OPEN_OBJECT ? 'object' : 'scalar';
      walking = 'row';
      return true;
    }
    walking = undefined;
    return false;
  }

  function close(byte: number, at: number): void {
    if (byte !== (isInRows ? CLOSE_ARRAY : CLOSE_OBJECT)) fail('a bracket that closes nothing', at);
    if (isInRows) isInRows = false;
    else level -= 1;
    isFollowed = true;
    expected = level > 0 ? 'separator' : 'end';
  }

  /** One byte between values. True when a value starts with it that has to be walked through. */
  function step(byte: number, at: number): boolean {
    switch (expected) {
      case 'first element':
        if (byte !== CLOSE_ARRAY) return enter(byte);
        close(byte, at);
        return false;
      case 'value':
      case 'element':
        return enter(byte);
      case 'first key':
      case 'key':
        if (byte === CLOSE_OBJECT && expected === 'first key') {
          close(byte, at);
          return false;
        }
        if (byte !== QUOTE) fail('no key', at);
        walking = 'key';
        return true;
      case 'colon':
        if (byte !== COLON) fail('no colon', at);
        expected = 'value';
        return false;
      case 'separator':
        if (byte === COMMA) expected = isInRows ? 'element' : 'key';
        else close(byte, at);
        return false;
      case 'end':
        return fail('more text after the document', at);
    }
  }

  function walkOn(chunk: Uint8Array, from: number): number {
    try {
      const to = walker.walk(from);
      if (walking !== 'other') {
        pieces.push(chunk.subarray(from, to));
        pieceBytes += to - from;
        if (pieceBytes > MOST_ROW_BYTES) fail(`a record of more than ${MOST_ROW_BYTES / 1024 / 1024} MiB`, to);
      }
      if (walker.isDone()) finish();
      return to;
    } catch (thrown) {
      if (!(thrown instanceof JsonProblem)) throw thrown;
      return fail(thrown.message, thrown.at);
    }
  }

  function scan(chunk: Uint8Array): void {
    walker.load(chunk);
    let i = 0;
    while (i < chunk.length) {
      if (walking) {
        i = walkOn(chunk, i);
        continue;
      }
      const byte = chunk[i] as number;
      const isSpace = byte === SPACE || byte === TAB || byte === LINE_FEED || byte === CARRIAGE_RETURN;
      const isBlank = isSpace || byte === BYTE_ORDER_MARK[offset + i];
      if (!isBlank && step(byte, i)) walker.start();
      else i += 1;
    }
    offset += chunk.length;
  }

  return {
    push(chunk) {
      for (let from = 0; from < chunk.length; from += MOST_CHUNK_BYTES) {
        scan(chunk.length <= MOST_CHUNK_BYTES ? chunk : chunk.subarray(from, from + MOST_CHUNK_BYTES));
      }
      const ended = rows;
      rows = [];
      return ended;
    },
    found: () => found,
    end() {
      if (offset === 0) fail('nothing', 0);
      if (walking && level === 0 && !isInRows) {
        walker.end();
        finish();
      }
      if (expected !== 'end') fail('the end of the document in the middle of it', 0);
      return found;
    },
  };
}
