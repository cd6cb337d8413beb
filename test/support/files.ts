// A folder of files that lives as long as a test needs it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A new folder with these files, by their path. */
function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'manifest-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** Writes files by their path, calls back with the folder, and removes it. */
export function withFiles<T>(files: Record<string, string>, use: (folder: string) => T): T {
  const folder = folderWith(files);
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The same for what takes its time. */
export async function whileFiles<T>(files: Record<string, string>, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = folderWith(files);
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
