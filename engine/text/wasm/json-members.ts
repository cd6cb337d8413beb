// AssemblyScript: finds the members of an object that is well-formed, for fields that are parsed when they are asked for.
import { CHUNK, MEMBERS, MOST_MEMBERS } from './json-memory';

/** The place after the string whose first quote is before `i`. */
function afterString(i: i32, to: i32): i32 {
  const quote = i8x16.splat(0x22);
  const backslash = i8x16.splat(0x5c);
  while (i < to) {
    const bytes = v128.load(CHUNK + i);
    const specials = i8x16.bitmask(v128.or(i8x16.eq(bytes, quote), i8x16.eq(bytes, backslash)));
    if (specials === 0) {
      i += 16;
      continue;
    }
    i += ctz(specials);
    if (load<u8>(CHUNK + i) === 0x22) return i + 1;
    i += 2;
  }
  return to;
}

/** The place after the value that begins at `i`. */
function afterValue(i: i32, to: i32): i32 {
  let depth = 0;
  while (i < to) {
    const byte: i32 = load<u8>(CHUNK + i);
    if (depth === 0 && (byte === 0x2c || byte === 0x7d || byte <= 0x20)) return i;
    i += 1;
    if (byte === 0x22) i = afterString(i, to);
    else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      continue;
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1;
    else continue;
    if (depth === 0) return i;
  }
  return to;
}

function afterSpace(i: i32, to: i32): i32 {
  while (i < to && load<u8>(CHUNK + i) <= 0x20) i += 1;
  return i;
}

/**
 * Finds the members of the object that is the whole chunk, and is well-formed. Writes four places for each: of its key, after
 * its key, of its value, after its value. Returns their number; -1 when there are too many.
 */
export function members(to: i32): i32 {
  let count = 0;
  let i = afterSpace(1, to);
  while (i < to && load<u8>(CHUNK + i) !== 0x7d) {
    if (count === MOST_MEMBERS) return -1;
    const at: usize = MEMBERS + 16 * count;
    store<i32>(at, i);
    i = afterString(i + 1, to);
    store<i32>(at + 4, i);
    i = afterSpace(afterSpace(i, to) + 1, to);
    store<i32>(at + 8, i);
    i = afterValue(i, to);
    store<i32>(at + 12, i);
    count += 1;
    i = afterSpace(i, to);
    if (i < to && load<u8>(CHUNK + i) === 0x2c) i = afterSpace(i + 1, to);
  }
  return count;
}
