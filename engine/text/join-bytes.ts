// Joins bytes and texts. What is joined stands in large blocks: a buffer of its own for each would cost more than to fill it.

const BLOCK_BYTES = 64 * 1024;
let block = Buffer.alloc(0);
let used = 0;

const sizeOf = (part: string | Uint8Array): number =>
  typeof part === 'string' ? Buffer.byteLength(part) : part.length;

/** The parts with a separator between them, one text before and another after. */
export function joinBytes(before: string, parts: readonly (string | Uint8Array)[], separator: string, after: string) {
  const all = [before, ...parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part])), after];
  let size = 0;
  for (const part of all) size += sizeOf(part);
  if (block.length - used < size) {
    block = Buffer.allocUnsafeSlow(Math.max(BLOCK_BYTES, size));
    used = 0;
  }
  const start = used;
  for (const part of all) {
    if (typeof part === 'string') used += block.write(part, used);
    else {
      block.set(part, used);
      used += part.length;
    }
  }
  return block.subarray(start, used);
}
