// AssemblyScript, compiled by `npm run generate`: walks through one JSON value and checks it against the grammar (RFC 8259). The
// inside of strings is taken 16 bytes at a time, which JavaScript cannot do. What calls it, and why, stands in ../json-value.ts.
import {
  AT_STATE,
  AT_DEPTH,
  AT_IS_KEY,
  AT_LEFT,
  AT_WORD,
  AT_HAS_BREAK,
  AT_PROBLEM,
  CONTAINERS,
  MOST_DEPTH,
  CHUNK,
} from './json-memory';

// What may come next between tokens …
const DONE = 0;
const VALUE = 1;
const FIRST_ELEMENT = 2;
const KEY = 3;
const FIRST_KEY = 4;
const AFTER_KEY = 5;
const AFTER_VALUE = 6;
// … and inside them.
const STRING = 7;
const ESCAPE = 8;
const HEX = 9;
const LITERAL = 10;
const MINUS = 11;
const ZERO = 12;
const INTEGER = 13;
const POINT = 14;
const FRACTION = 15;
const EXPONENT = 16;
const SIGN = 17;
const POWER = 18;

const enum Problem {
  None,
  NoValue,
  NoKey,
  NoColon,
  NoComma,
  WrongBracket,
  ControlCharacter,
  BadEscape,
  BadLiteral,
  BadNumber,
  TooDeep,
}

function isDigit(byte: i32): bool {
  return <u32>(byte - 0x30) <= 9;
}

function isHex(byte: i32): bool {
  return isDigit(byte) || <u32>((byte | 0x20) - 0x61) <= 5;
}

/** Whether the container at this depth, counted from 1, is an object. */
function isObjectAt(depth: i32): bool {
  return (load<u8>(CONTAINERS + ((depth - 1) >> 3)) & (1 << ((depth - 1) & 7))) !== 0;
}

function open(depth: i32, isObject: bool): void {
  const at: usize = CONTAINERS + ((depth - 1) >> 3);
  const bit = 1 << ((depth - 1) & 7);
  store<u8>(at, isObject ? load<u8>(at) | bit : load<u8>(at) & ~bit);
}

/** Walks on between two places of the chunk; returns the place after the value, or the end, or where the problem is. */
export function walk(from: i32, to: i32): i32 {
  let state = load<i32>(AT_STATE);
  let depth = load<i32>(AT_DEPTH);
  let isKey = load<i32>(AT_IS_KEY) !== 0;
  let left = load<i32>(AT_LEFT);
  let word = load<u32>(AT_WORD);
  let isObject = depth > 0 && isObjectAt(depth);
  let problem = Problem.None;
  const quote = i8x16.splat(0x22);
  const backslash = i8x16.splat(0x5c);
  const space = i8x16.splat(0x20);
  let i = from;
  while (i < to && state !== DONE) {
    if (state === STRING) {
      // Up to the first quote, backslash or control character. What is read past the end does not count.
      for (;;) {
        const bytes = v128.load(CHUNK + i);
        const isSpecial = v128.or(
          v128.or(i8x16.eq(bytes, quote), i8x16.eq(bytes, backslash)),
          i8x16.lt_u(bytes, space),
        );
        const specials = i8x16.bitmask(isSpecial);
        if (specials !== 0) {
          i += ctz(specials);
          break;
        }
        i += 16;
        if (i >= to) break;
      }
      if (i >= to) {
        i = to;
        break;
      }
      const byte = load<u8>(CHUNK + i);
      if (byte === 0x22) {
        if (!isKey) state = depth > 0 ? AFTER_VALUE : DONE;
        else if (i + 1 < to && load<u8>(CHUNK + i + 1) === 0x3a) {
          i += 1;
          state = VALUE;
        } else state = AFTER_KEY;
      } else if (byte === 0x5c) state = ESCAPE;
      else {
        problem = Problem.ControlCharacter;
        break;
      }
      i += 1;
      continue;
    }
    const byte: i32 = load<u8>(CHUNK + i);
    if (state < STRING && byte <= 0x20) {
      if (byte === 0x0a || byte === 0x0d) store<i32>(AT_HAS_BREAK, 1);
      else if (byte !== 0x20 && byte !== 0x09) {
        problem = Problem.NoValue;
        break;
      }
      i += 1;
      continue;
    }
    switch (state) {
      case AFTER_VALUE: {
        if (byte === 0x2c) {
          state = isObject ? KEY : VALUE;
          if (isObject && i + 1 < to && load<u8>(CHUNK + i + 1) === 0x22) {
            i += 1;
            isKey = true;
            state = STRING;
          }
        } else if (byte === (isObject ? 0x7d : 0x5d)) {
          depth -= 1;
          isObject = depth > 0 && isObjectAt(depth);
          if (depth === 0) state = DONE;
        } else problem = byte === 0x7d || byte === 0x5d ? Problem.WrongBracket : Problem.NoComma;
        break;
      }
      case AFTER_KEY: {
        if (byte === 0x3a) state = VALUE;
        else problem = Problem.NoColon;
        break;
      }
      case KEY:
      case FIRST_KEY: {
        if (byte === 0x22) {
          isKey = true;
          state = STRING;
        } else if (byte === 0x7d && state === FIRST_KEY) {
          depth -= 1;
          isObject = depth > 0 && isObjectAt(depth);
          state = depth > 0 ? AFTER_VALUE : DONE;
        } else problem = Problem.NoKey;
        break;
      }
      case VALUE:
      case FIRST_ELEMENT: {
        if (byte === 0x22) {
          isKey = false;
          state = STRING;
        } else if (byte === 0x7b || byte === 0x5b) {
          if (depth === MOST_DEPTH) {
            problem = Problem.TooDeep;
            break;
          }
          depth += 1;
          isObject = byte === 0x7b;
          open(depth, isObject);
          state = isObject ? FIRST_KEY : FIRST_ELEMENT;
        } else if (byte === 0x5d && state === FIRST_ELEMENT) {
          depth -= 1;
          isObject = depth > 0 && isObjectAt(depth);
          state = depth > 0 ? AFTER_VALUE : DONE;
        } else if (byte === 0x2d) state = MINUS;
        else if (byte === 0x30) state = ZERO;
        else if (isDigit(byte)) state = INTEGER;
        else {
          // The rest of true, false or null, its first byte lowest.
          state = LITERAL;
          left = byte === 0x66 ? 4 : 3;
          if (byte === 0x74) word = 0x65_75_72;
          else if (byte === 0x66) word = 0x65_73_6c_61;
          else if (byte === 0x6e) word = 0x6c_6c_75;
          else problem = Problem.NoValue;
        }
        break;
      }
      case ESCAPE: {
        if (byte === 0x75) {
          left = 4;
          state = HEX;
        } else if (
          byte === 0x22 ||
          byte === 0x5c ||
          byte === 0x2f ||
          byte === 0x62 ||
          byte === 0x66 ||
          byte === 0x6e ||
          byte === 0x72 ||
          byte === 0x74
        ) {
          state = STRING;
        } else problem = Problem.BadEscape;
        break;
      }
      case HEX: {
        if (!isHex(byte)) problem = Problem.BadEscape;
        left -= 1;
        if (left === 0) state = STRING;
        break;
      }
      case LITERAL: {
        if (<u32>byte !== (word & 0xff)) problem = Problem.BadLiteral;
        word >>= 8;
        left -= 1;
        if (left === 0) state = depth > 0 ? AFTER_VALUE : DONE;
        break;
      }
      default: {
        const isExponent = (byte | 0x20) === 0x65;
        if (isDigit(byte) && state !== ZERO) {
          if (state === MINUS) state = byte === 0x30 ? ZERO : INTEGER;
          else if (state === POINT) state = FRACTION;
          else if (state === EXPONENT || state === SIGN) state = POWER;
        } else if (byte === 0x2e && (state === ZERO || state === INTEGER)) state = POINT;
        else if (isExponent && (state === ZERO || state === INTEGER || state === FRACTION)) state = EXPONENT;
        else if ((byte === 0x2b || byte === 0x2d) && state === EXPONENT) state = SIGN;
        else if (state === ZERO || state === INTEGER || state === FRACTION || state === POWER) {
          // The byte is not part of the number: it is looked at again.
          state = depth > 0 ? AFTER_VALUE : DONE;
          continue;
        } else problem = Problem.BadNumber;
      }
    }
    if (problem !== Problem.None) break;
    i += 1;
  }
  store<i32>(AT_STATE, state);
  store<i32>(AT_DEPTH, depth);
  store<i32>(AT_IS_KEY, isKey ? 1 : 0);
  store<i32>(AT_LEFT, left);
  store<u32>(AT_WORD, word);
  store<i32>(AT_PROBLEM, problem);
  return i;
}

/** The document is over: ends a number that only its end ends. True when the value is whole. */
export function end(): bool {
  const state = load<i32>(AT_STATE);
  const isNumber = state === ZERO || state === INTEGER || state === FRACTION || state === POWER;
  if (isNumber && load<i32>(AT_DEPTH) === 0) store<i32>(AT_STATE, DONE);
  return load<i32>(AT_STATE) === DONE;
}

export { members } from './json-members';
