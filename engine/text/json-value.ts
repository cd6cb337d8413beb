// Walks through one JSON value in chunks cut anywhere and checks it against the grammar (RFC 8259), without making a value of it.
// Written for speed: numbers for states, tables for bytes, local variables in the loop.

const [QUOTE, BACKSLASH, COMMA, COLON, LETTER_U] = [0x22, 0x5c, 0x2c, 0x3a, 0x75];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const [LINE_FEED, CARRIAGE_RETURN] = [0x0a, 0x0d];

/** A table that is 1 for the bytes of these characters. */
function bytesOf(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}

export const isSpace = bytesOf(' \n\r\t');
const isEscape = bytesOf('"\\/bfnrtu');
const isHex = bytesOf('0123456789abcdefABCDEF');
/** Bytes that a string holds as they are: no quote, no backslash, no control character. */
const isPlain = new Uint8Array(256).fill(1, 0x20);
isPlain[QUOTE] = 0;
isPlain[BACKSLASH] = 0;

// What may come next between tokens …
const [DONE, VALUE, FIRST_ELEMENT, KEY, FIRST_KEY, AFTER_KEY, AFTER_VALUE] = [0, 1, 2, 3, 4, 5, 6];
// … and inside them. A number's states are rows of its table.
const [STRING, ESCAPE, HEX, LITERAL, NUMBER] = [10, 11, 12, 13, 20];

const [MINUS, ZERO, INTEGER, POINT, FRACTION, EXPONENT, SIGN, POWER] = [0, 1, 2, 3, 4, 5, 6, 7];
const canEnd = [false, true, true, false, true, false, false, true];
/** numberTable[state * 256 + byte]: the next state + 1, or 0 when the byte is not part of the number. */
const numberTable = new Uint8Array(8 * 256);
const transition = (states: readonly number[], characters: string, next: number): void => {
  for (const state of states) {
    for (const character of characters) numberTable[state * 256 + character.charCodeAt(0)] = next + 1;
  }
};
transition([MINUS], '0', ZERO);
transition([MINUS], '123456789', INTEGER);
transition([INTEGER], '0123456789', INTEGER);
transition([ZERO, INTEGER], '.', POINT);
transition([POINT, FRACTION], '0123456789', FRACTION);
transition([ZERO, INTEGER, FRACTION], 'eE', EXPONENT);
transition([EXPONENT], '+-', SIGN);
transition([EXPONENT, SIGN, POWER], '0123456789', POWER);

const literals = new Map([...['true', 'false', 'null']].map((word) => [word.charCodeAt(0), Buffer.from(word)]));

export interface ValueWalker {
  /** A value begins at the next byte. */
  start(): void;
  /** Walks on from a place in a chunk; returns the place after the value, or the chunk's end. Throws SyntaxError. */
  walk(chunk: Uint8Array, from: number): number;
  /** The document is over: ends a number or a literal that only its end ends. Throws SyntaxError when the value is cut off. */
  end(): void;
  isDone(): boolean;
  /** True when line breaks stand between the value's tokens. */
  hasLineBreak(): boolean;
}

export function valueWalker(): ValueWalker {
  let state = DONE;
  /** For each open container: true for an object. */
  const containers: boolean[] = [];
  let isKey = false;
  let hexLeft = 0;
  let literal: Uint8Array = new Uint8Array();
  let matched = 0;
  let isBroken = false;

  function fail(what: string): never {
    throw new SyntaxError(what);
  }

  function afterValue(): number {
    return containers.length === 0 ? DONE : AFTER_VALUE;
  }

  function close(byte: number): number {
    if (containers.pop() !== (byte === CLOSE_OBJECT)) fail('a bracket that closes nothing');
    return afterValue();
  }

  /** The state after the first byte of a value. */
  function open(byte: number): number {
    if (byte === QUOTE) {
      isKey = false;
      return STRING;
    }
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      containers.push(byte === OPEN_OBJECT);
      return byte === OPEN_OBJECT ? FIRST_KEY : FIRST_ELEMENT;
    }
    if (byte === 0x2d) return NUMBER + MINUS;
    if (byte === 0x30) return NUMBER + ZERO;
    if (byte > 0x30 && byte <= 0x39) return NUMBER + INTEGER;
    literal = literals.get(byte) ?? fail('no value where one has to be');
    matched = 1;
    return LITERAL;
  }

  /** The state after a byte between tokens. */
  function between(byte: number, now: number): number {
    if (now === AFTER_VALUE) {
      if (byte === COMMA) return containers.at(-1) === true ? KEY : VALUE;
      return byte === CLOSE_OBJECT || byte === CLOSE_ARRAY ? close(byte) : fail('no comma');
    }
    if (now === AFTER_KEY) return byte === COLON ? VALUE : fail('no colon');
    if (now === KEY || now === FIRST_KEY) {
      if (byte === CLOSE_OBJECT && now === FIRST_KEY) return close(byte);
      if (byte !== QUOTE) fail('no key');
      isKey = true;
      return STRING;
    }
    return byte === CLOSE_ARRAY && now === FIRST_ELEMENT ? close(byte) : open(byte);
  }

  function walk(chunk: Uint8Array, from: number): number {
    const { length } = chunk;
    let i = from;
    let now = state;
    while (i < length && now !== DONE) {
      const byte = chunk[i] as number;
      if (now === STRING) {
        if (isPlain[byte] === 1) {
          do i += 1;
          while (i < length && isPlain[chunk[i] as number] === 1);
          continue;
        }
        if (byte === QUOTE) now = isKey ? AFTER_KEY : afterValue();
        else if (byte === BACKSLASH) now = ESCAPE;
        else fail('a control character inside a text');
      } else if (now >= NUMBER) {
        const next = numberTable[(now - NUMBER) * 256 + byte] as number;
        if (next === 0) {
          if (canEnd[now - NUMBER] !== true) fail('a number that is none');
          // The byte is not part of the number: it is looked at again.
          now = afterValue();
          continue;
        }
        now = NUMBER + next - 1;
      } else if (now < STRING) {
        if (isSpace[byte] === 1) isBroken ||= byte === LINE_FEED || byte === CARRIAGE_RETURN;
        else now = between(byte, now);
      } else if (now === LITERAL) {
        if (byte !== literal[matched]) fail('a word that is no value');
        matched += 1;
        if (matched === literal.length) now = afterValue();
      } else if (now === ESCAPE) {
        if (isEscape[byte] !== 1) fail('an escape that does not exist');
        hexLeft = 4;
        now = byte === LETTER_U ? HEX : STRING;
      } else {
        if (isHex[byte] !== 1) fail('an escape that does not exist');
        hexLeft -= 1;
        if (hexLeft === 0) now = STRING;
      }
      i += 1;
    }
    state = now;
    return i;
  }

  return {
    start() {
      state = VALUE;
      isBroken = false;
    },
    walk,
    end() {
      if (state >= NUMBER && canEnd[state - NUMBER] === true) state = afterValue();
      if (state !== DONE) fail('the end of the document in the middle of it');
    },
    isDone: () => state === DONE,
    hasLineBreak: () => isBroken,
  };
}
