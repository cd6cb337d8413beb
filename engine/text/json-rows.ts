// Cuts the records out of a JSON document that arrives in chunks cut anywhere, without parsing them: strings, escapes and depth
// are tracked, the path is followed to its array or object, and the rest of the document is walked so that a cut-off body is noticed.

/** What stood at the end of the path. */
export type Found = 'array' | 'object' | 'other' | 'missing';

export interface RowScanner {
  /** Takes the next chunk; returns the rows that ended in it, each the bytes of one JSON value. */
  push(chunk: Uint8Array): Uint8Array[];
  /** The document is over. Throws SyntaxError when it was not a whole JSON document. */
  end(): Found;
}

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
const isScalarEnd = (byte: number): boolean =>
  byte === COMMA || byte === CLOSE_ARRAY || byte === CLOSE_OBJECT || isSpace(byte);

/** What the scanner expects next outside of a value. */
type Expects = 'value' | 'key' | 'first key' | 'colon' | 'element' | 'first element' | 'separator' | 'end';

/**
 * A scanner for the rows at `path`: the elements of the array there, or the one object.
 * Of equal keys in an object the first one is followed.
 */
export function rowScanner(path: readonly string[]): RowScanner {
  let expects: Expects = 'value';
  let found: Found = 'missing';
  let offset = 0;
  // The containers that lead to the rows: on-path objects, and the array of rows as the innermost.
  let level = 0;
  let isInRows = false;
  let isOnPath = true;
  let isFollowed = false;
  // The value being walked through: undefined when between values.
  let walking: 'row' | 'key' | 'skip' | undefined;
  let depth = 0;
  let isInString = false;
  let isEscaped = false;
  let isScalar = false;
  let pieces: Uint8Array[] = [];
  let rows: Uint8Array[] = [];

  function fail(what: string): never {
    throw new SyntaxError(`${what} at byte ${offset}`);
  }

  function finishValue(): void {
    const bytes = pieces.length === 1 ? (pieces[0] as Uint8Array) : Buffer.concat(pieces);
    pieces = [];
    const ended = walking;
    walking = undefined;
    if (ended === 'key') {
      isOnPath = !isFollowed && JSON.parse(Buffer.from(bytes).toString('utf8')) === path[level - 1];
      expects = 'colon';
      return;
    }
    if (ended === 'row') rows.push(bytes);
    expects = level > 0 || isInRows ? 'separator' : 'end';
  }

  function startValue(byte: number, as: 'row' | 'key' | 'skip'): void {
    walking = as;
    depth = 0;
    isInString = false;
    isEscaped = false;
    isScalar = byte !== OPEN_ARRAY && byte !== OPEN_OBJECT && byte !== QUOTE;
  }

  /** Decides at the first byte of a value whether to step into it or to walk through it. */
  function enter(byte: number): 'consumed' | 'walk' {
    if (isInRows) {
      startValue(byte, 'row');
      return 'walk';
    }
    if (!isOnPath) {
      startValue(byte, 'skip');
      return 'walk';
    }
    if (level < path.length) {
      if (byte === OPEN_OBJECT) {
        level += 1;
        isFollowed = false;
        expects = 'first key';
        return 'consumed';
      }
      startValue(byte, 'skip');
      isFollowed = true;
      return 'walk';
    }
    isFollowed = true;
    if (byte === OPEN_ARRAY) {
      found = 'array';
      isInRows = true;
      expects = 'first element';
      return 'consumed';
    }
    found = byte === OPEN_OBJECT ? 'object' : 'other';
    startValue(byte, 'row');
    return 'walk';
  }

  /** Walks through the current value from `start`; returns where it or the chunk ends. */
  function walk(chunk: Uint8Array, start: number): number {
    const length = chunk.length;
    let i = start;
    for (; i < length; i += 1) {
      const byte = chunk[i] as number;
      if (isInString) {
        if (isEscaped) isEscaped = false;
        else if (byte === BACKSLASH) isEscaped = true;
        else if (byte === QUOTE) {
          isInString = false;
          if (depth === 0) break;
        }
      } else if (isScalar) {
        if (isScalarEnd(byte)) {
          if (walking !== 'skip') pieces.push(chunk.subarray(start, i));
          finishValue();
          return i;
        }
      } else if (byte === QUOTE) isInString = true;
      else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) depth += 1;
      else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) {
        depth -= 1;
        if (depth === 0) break;
      }
    }
    const end = Math.min(i + 1, length);
    if (walking !== 'skip') pieces.push(chunk.subarray(start, end));
    if (i < length) finishValue();
    return end;
  }

  function closeContainer(byte: number): void {
    if (byte !== (isInRows ? CLOSE_ARRAY : CLOSE_OBJECT)) fail('a bracket that closes nothing');
    if (isInRows) isInRows = false;
    else level -= 1;
    isFollowed = true;
    expects = level > 0 ? 'separator' : 'end';
  }

  /** Handles one byte between values; true when a value starts there and has to be walked through. */
  function step(byte: number): boolean {
    switch (expects) {
      case 'value':
        if (byte === COMMA || byte === COLON || byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) fail('no value');
        return enter(byte) === 'walk';
      case 'first element':
      case 'element':
        if (byte === CLOSE_ARRAY && expects === 'first element') closeContainer(byte);
        else if (isScalarEnd(byte) || byte === COLON) fail('no value');
        else return enter(byte) === 'walk';
        return false;
      case 'first key':
      case 'key':
        if (byte === CLOSE_OBJECT && expects === 'first key') closeContainer(byte);
        else if (byte !== QUOTE) fail('no key');
        else {
          startValue(byte, 'key');
          return true;
        }
        return false;
      case 'colon':
        if (byte !== COLON) fail('no colon');
        expects = 'value';
        return false;
      case 'separator':
        if (byte === COMMA) expects = isInRows ? 'element' : 'key';
        else closeContainer(byte);
        return false;
      case 'end':
        return fail('more text after the document');
    }
  }

  function push(chunk: Uint8Array): Uint8Array[] {
    let i = 0;
    while (i < chunk.length) {
      if (walking) {
        const next = walk(chunk, i);
        offset += next - i;
        i = next;
        continue;
      }
      const byte = chunk[i] as number;
      const isMark = offset < 3 && byte === BYTE_ORDER_MARK[offset];
      if (!isSpace(byte) && !isMark && step(byte)) continue;
      i += 1;
      offset += 1;
    }
    const ended = rows;
    rows = [];
    return ended;
  }

  function end(): Found {
    // A bare scalar as the whole document ends with the document.
    if (walking && isScalar && level === 0 && !isInRows) finishValue();
    if (expects !== 'end') fail(offset === 0 ? 'nothing' : 'the end of the document in the middle of it');
    return found;
  }

  return { push, end };
}
