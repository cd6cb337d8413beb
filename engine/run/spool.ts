// Keeps a body for several readers: in memory while it is small or no file can be made, in a temporary file otherwise.
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

/** What a folder answers that is not there, or that may not be written, such as one on a read-only root. */
const UNWRITABLE = new Set(['EROFS', 'EACCES', 'EPERM', 'ENOENT']);

/** A file that nobody else sees: its name is gone before anything is written. Undefined where there can be none. */
async function openNameless(): Promise<FileHandle | undefined> {
  let folder: string;
  try {
    folder = await mkdtemp(join(tmpdir(), 'source-'));
  } catch (thrown) {
    if (UNWRITABLE.has((thrown as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw thrown;
  }
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
  let hasRoomForFile = true;
  try {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > MOST_IN_MEMORY && !file && hasRoomForFile) {
        file = await openNameless();
        hasRoomForFile = file !== undefined;
        if (file) for (const earlier of chunks.splice(0)) await file.write(earlier);
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
