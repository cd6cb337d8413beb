// A folder of files, each replaced at once: a file is written in a folder beside it and moved into its place when it is whole.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { ConfigError, SystemError } from '../errors.ts';
import { createByteWriter } from '../protocol/byte-writer.ts';
import type { Table } from './target.ts';

const percent = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

/** What file systems do not take in a name is written as in a URL, so that no two streams have one file. */
const fileName = (stream: string): string => stream.replaceAll(/[%/\\:*?"<>|\p{Cc}]|^\./gu, percent);

export interface ReplacedFile {
  /** Where to write it. */
  readonly path: string;
  /** Puts it into its place. */
  readonly replace: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

export interface Folder {
  readonly file: (stream: string, extension: string) => ReplacedFile;
  /** A folder for what is needed only while the sync runs. */
  readonly temporary: string;
  readonly close: () => Promise<void>;
}

const reason = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

const cannotWrite = (path: string, cause: unknown): SystemError =>
  new SystemError(`${path} cannot be written: ${reason(cause)}. Check the folder, and that there is room.`, { cause });

/** Opens a folder, and makes it if need be. Throws ConfigError. */
export async function openFolder(folder: string): Promise<Folder> {
  let temporary: string;
  try {
    await mkdir(folder, { recursive: true });
    temporary = await mkdtemp(join(folder, '.sync-'));
  } catch (cause) {
    throw new ConfigError(
      `Nothing can be written to the folder ${folder}: ${reason(cause)}. Name another one with --to.`,
      {
        cause,
      },
    );
  }
  return {
    temporary,
    file(stream, extension) {
      const name = `${fileName(stream)}.${extension}`;
      const path = join(temporary, name);
      return {
        path,
        async replace() {
          try {
            // On the disk before it takes the place of the last one.
            const file = await open(path, 'r+');
            await file.sync();
            await file.close();
            await rename(path, join(folder, name));
          } catch (cause) {
            throw cannotWrite(join(folder, name), cause);
          }
        },
        remove: () => rm(path, { force: true }),
      };
    },
    close: () => rm(temporary, { recursive: true, force: true }),
  };
}

/** A table that is a file of lines: what `piecesOf` makes of each record, after a head. */
export async function fileTable(
  file: ReplacedFile,
  head: Uint8Array,
  piecesOf: (record: Uint8Array) => readonly Uint8Array[],
): Promise<Table> {
  const stream = createWriteStream(file.path);
  const bytes = createByteWriter(stream);
  let failed: Error | undefined;
  stream.on('error', (error) => {
    failed = error;
  });
  const throwIfFailed = (): void => {
    if (failed) throw cannotWrite(file.path, failed);
  };
  await bytes.write([head]);
  return {
    write(record) {
      throwIfFailed();
      return bytes.write(piecesOf(record));
    },
    async commit() {
      await bytes.flush();
      stream.end();
      await finished(stream).catch(() => undefined);
      throwIfFailed();
      await file.replace();
    },
    async abandon() {
      stream.destroy();
      if (!stream.closed) await once(stream, 'close');
      await file.remove();
    },
  };
}
