// Keeps a body for several readers: in memory while it is small, in a temporary file when it is not.
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MOST_IN_MEMORY = 4 * 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;

export interface Spool {
  /** Bytes that it keeps in memory. */
  readonly memoryBytes: number;
  /** The whole body; can be read any number of times until it is closed. Throws an Error after that. */
  read(): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** A file that nobody else sees: its name is gone before anything is written. */
async function openNameless(): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), 'source-'));
  const file = await open(join(folder, 'body'), 'wx+', 0o600);
  await rm(folder, { recursive: true });
  return file;
}

async function* readFile(file: FileHandle, size: number): AsyncIterable<Uint8Array> {
  for (let position = 0; position < size;) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

// eslint-disable-next-line @typescript-eslint/require-await -- memory has nothing to wait for
async function* readMemory(chunks: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  yield* chunks;
}

/** Takes a body in, to its end. What the body throws is passed on. */
export async function spool(body: AsyncIterable<Uint8Array>): Promise<Spool> {
  let chunks: Uint8Array[] = [];
  let size = 0;
  let file: FileHandle | undefined;
  try {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > MOST_IN_MEMORY && !file) {
        file = await openNameless();
        for (const earlier of chunks) await file.write(earlier);
        chunks = [];
      }
      if (file) await file.write(chunk);
      else chunks.push(chunk);
    }
  } catch (thrown) {
    await file?.close();
    throw thrown;
  }
  let isClosed = false;
  return {
    memoryBytes: file ? 0 : size,
    read() {
      if (isClosed) throw new Error('The body has been closed.');
      return file ? readFile(file, size) : readMemory(chunks);
    },
    async close() {
      isClosed = true;
      chunks = [];
      await file?.close();
    },
  };
}
