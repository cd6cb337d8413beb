// What `npm run build` leaves beside the bundle: the connector's own manifest, read and validated, and the answers that need no
// more than it. It holds as long as none of the files it was made of has been edited.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from './package-folder.ts';

const dist = join(packageFolder, 'dist');

/** SHA-256 of each file that the manifest was made of, by its path in the package. */
export type Hashes = Readonly<Record<string, string>>;

export const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** True when no file was edited since; a package without the files is never stale. */
function isFresh(hashes: Hashes): boolean {
  return Object.entries(hashes).every(([name, hash]) => {
    const path = join(packageFolder, name);
    return !existsSync(path) || hashOf(path) === hash;
  });
}

/** A file of the bundle, as text; undefined when it is not there or the manifest has been edited since it was built. */
export function bundledFile(name: 'manifest.json' | 'spec.jsonl' | 'catalog.jsonl'): string | undefined {
  const hashes = join(dist, 'hashes.json');
  if (!existsSync(hashes) || !isFresh(JSON.parse(readFileSync(hashes, 'utf8')) as Hashes)) return undefined;
  return readFileSync(join(dist, name), 'utf8');
}

/** Prints an answer of the bundle. False when it does not hold for these flags, or is not there. */
export function answered({ manifest }: { manifest?: string }, name: 'spec.jsonl' | 'catalog.jsonl'): boolean {
  const answer = manifest === undefined ? bundledFile(name) : undefined;
  if (answer !== undefined) process.stdout.write(answer);
  return answer !== undefined;
}
