// Joins bytes and texts. What is joined stands in large blocks: a buffer of its own for each would cost more than to fill it.

const BLOCK_BYTES = 64 * 1024;
let block = Buffer.alloc(0);
let used = 0;

const sizeOf = (part: string | Uint8Array): number =>
  typeof part === 'string' ? Buffer.byteLength(part) : part.length;

/** The parts, one after the other. */
export function joinBytes(parts: readonly (string | Uint8Array)[]): Buffer {
  let size = 0;
  for (const part of parts) size += sizeOf(part);
  if (block.length - used < size) {
    block = Buffer.allocUnsafeSlow(Math.max(BLOCK_BYTES, size));
    used = 0;
  }
  const start = used;
  for (const part of parts) {
    if (typeof part === 'string') used += block.write(part, used);
    else {
      block.set(part, used);
      used += part.length;
    }
  }
  return block.subarray(start, used);
}
