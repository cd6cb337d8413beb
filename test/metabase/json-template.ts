// A JSON text with holes, cut into buffers once and filled many times: how hundreds of megabytes of rows are made fast.

/** Marks a hole where a value of the row goes. */
export const hole = (name: string): string => `@{${name}}`;

const HOLE = /"@\{(\w+)\}"/;

export type JsonTemplate = { pieces: Buffer[]; holes: string[]; bytes: number };

export function jsonTemplate(row: unknown): JsonTemplate {
  const parts = JSON.stringify(row).split(HOLE);
  const pieces = parts.filter((_, index) => index % 2 === 0).map((text) => Buffer.from(text));
  const holes = parts.filter((_, index) => index % 2 === 1);
  return { pieces, holes, bytes: pieces.reduce((sum, piece) => sum + piece.length, 0) };
}

/** JSON texts for the holes: a string is written as it is, a buffer copied. */
export type Fillings = Record<string, string | Buffer>;

const CHUNK_BYTES = 64 * 1024;
const FULL_AT_BYTES = 48 * 1024;

/** Writes `[`, the rows and `]`, in chunks of about 64 kB, as the reader asks for them. */
export function* filledArray(rows: Iterable<{ template: JsonTemplate; fillings: Fillings }>): Generator<Buffer> {
  let chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let end = chunk.write('[');
  let isFirst = true;
  for (const { template, fillings } of rows) {
    const room = template.bytes + roomFor(template, fillings);
    if (end > FULL_AT_BYTES || end + room > chunk.length) {
      yield chunk.subarray(0, end);
      chunk = Buffer.allocUnsafe(Math.max(CHUNK_BYTES, room));
      end = 0;
    }
    if (!isFirst) end += chunk.write(',', end);
    isFirst = false;
    end = fill(chunk, end, template, fillings);
  }
  yield chunk.subarray(0, end);
  yield Buffer.from(']');
}

function fill(chunk: Buffer, start: number, template: JsonTemplate, fillings: Fillings): number {
  let end = start;
  const { pieces, holes } = template;
  for (let index = 0; index < pieces.length; index++) {
    end += pieces[index]?.copy(chunk, end) ?? 0;
    const name = holes[index];
    if (name === undefined) continue;
    const filling = fillings[name];
    if (filling === undefined) throw new Error(`Nothing fills the hole "${name}" of a row.`);
    end += typeof filling === 'string' ? chunk.write(filling, end) : filling.copy(chunk, end);
  }
  return end;
}

const LONGEST_FILLING_CHARACTER_BYTES = 3;

function roomFor(template: JsonTemplate, fillings: Fillings): number {
  let bytes = 2;
  for (const name of template.holes) bytes += (fillings[name]?.length ?? 0) * LONGEST_FILLING_CHARACTER_BYTES;
  return bytes;
}
