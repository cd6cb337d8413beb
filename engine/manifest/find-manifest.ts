// Which manifest a path means: pre-commit and editors name the file that changed, which may be one that a manifest refers to.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const NAME = 'manifest.yaml';

/** The manifests in the folders above a file, the nearest first. */
function manifestsAbove(path: string): string[] {
  const folder = dirname(path);
  const above = folder === path ? [] : manifestsAbove(folder);
  const here = join(folder, NAME);
  return existsSync(here) ? [here, ...above] : above;
}

/** The manifest.yaml in a folder, or in the nearest one above that has one. */
export const nearestManifest = (folder: string): string | undefined => manifestsAbove(join(folder, NAME))[0];

/** A manifest may have any name; what stands at the root of one tells it from a stream or a schema. */
const isManifest = (path: string): boolean =>
  basename(path) === NAME || /^(check|streams):/m.test(readFileSync(path, 'utf8'));

/**
 * The manifest of a folder, a manifest itself, or for another file the nearest manifest above it that refers to it; when none does,
 * the nearest one. Undefined when there is nothing at the path, or no manifest in the folder.
 */
export function findManifest(path: string, filesOf: (manifest: string) => readonly string[]): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  if (stats.isDirectory()) return existsSync(join(path, NAME)) ? join(path, NAME) : undefined;
  if (isManifest(path)) return path;
  const above = manifestsAbove(path);
  return above.find((manifest) => filesOf(manifest).includes(path)) ?? above[0] ?? path;
}
