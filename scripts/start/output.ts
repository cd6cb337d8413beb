// The files in out/: one a stream, one record a line. A slow disk slows the connector; nothing piles up in memory.
import { once } from 'node:events';
import { createWriteStream, mkdirSync, readdirSync, rmSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';

export type Output = {
  /** Writes a record to the file of its stream. */
  write: (stream: string, data: Uint8Array) => Promise<void>;
  close: () => Promise<void>;
};

const EXTENSION = '.jsonl';
const NEWLINE = Buffer.from('\n');

/** Opens a file for each stream; those of an earlier run are removed. */
export async function openOutput(folder: string, streams: readonly string[]): Promise<Output> {
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) if (file.endsWith(EXTENSION)) rmSync(join(folder, file));
  const files = new Map(streams.map((name) => [name, createWriteStream(join(folder, name + EXTENSION))]));
  await Promise.all([...files.values()].map((file) => once(file, 'open')));
  return {
    write: async (stream, data) => {
      const file = files.get(stream);
      if (!file) throw new Error(`A record of the stream "${stream}", which the catalog does not have.`);
      file.write(data);
      if (!file.write(NEWLINE)) await once(file, 'drain');
    },
    close: async () => {
      await Promise.all([...files.values()].map(closed));
    },
  };
}

async function closed(file: WriteStream): Promise<void> {
  file.end();
  await finished(file);
}
