// JSON Lines: a file for each stream, on each line a record with its own bytes.
import { fileTable, openFolder } from '../files.ts';
import type { Target } from '../target.ts';

const NEWLINE = Buffer.from('\n');
const NO_HEAD = Buffer.alloc(0);

export async function openJsonl(path: string): Promise<Target> {
  const folder = await openFolder(path);
  return {
    open: (stream) => fileTable(folder.file(stream, 'jsonl'), NO_HEAD, (record) => [record, NEWLINE]),
    close: folder.close,
  };
}
