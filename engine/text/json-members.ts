// Where the members of an object stand in its JSON text, without making values of them.

const [SPACE, QUOTE, COMMA, COLON, BACKSLASH] = [0x20, 0x22, 0x2c, 0x3a, 0x5c];
const [ARRAY, ARRAY_END, OBJECT, OBJECT_END] = [0x5b, 0x5d, 0x7b, 0x7d];

export type VisitMember = (keyAt: number, keyEnd: number, valueAt: number, valueEnd: number) => void;

/** The place after the text that begins at a quote. */
function afterText(bytes: Uint8Array, from: number): number {
  let at = from + 1;
  while (bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at + 1;
}

/**
 * Visits each member of a well-formed object, in its order: of its key, after its key, of its value, after its value. Equal keys are
 * visited each.
 */
export function eachMember(bytes: Uint8Array, visit: VisitMember): void {
  let [depth, at] = [0, 0];
  let [keyAt, keyEnd, valueAt, valueEnd] = [-1, -1, -1, -1];
  while (at < bytes.length) {
    const byte = bytes[at] as number;
    let next = at + 1;
    if (byte === QUOTE) {
      next = afterText(bytes, at);
      if (keyAt === -1) [keyAt, keyEnd] = [at, next];
    } else if (byte === OBJECT || byte === ARRAY) {
      depth += 1;
      if (depth === 1) {
        at = next;
        continue;
      }
    } else if (depth === 1 && (byte === COMMA || byte === OBJECT_END)) {
      if (keyAt !== -1) visit(keyAt, keyEnd, valueAt, valueEnd);
      keyAt = valueAt = -1;
      if (byte === OBJECT_END) return;
      at = next;
      continue;
    } else if (byte === OBJECT_END || byte === ARRAY_END) depth -= 1;
    else if (depth === 1 && byte === COLON) {
      valueAt = 0;
      at = next;
      continue;
    }
    if (byte > SPACE && valueAt !== -1) {
      if (valueAt === 0) valueAt = at;
      valueEnd = next;
    }
    at = next;
  }
}
