// Which manifest runs: the one of --manifest, or the connector's own, which the bundle holds already read and validated.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { SystemError } from '../engine/errors.ts';
import { language } from '../engine/language.ts';
import { formatDiagnostic } from '../engine/manifest/diagnostic.ts';
import { type ReadManifest, readManifest } from '../engine/manifest/read-manifest.ts';
import type { Manifest } from '../engine/source.ts';
import type { JsonObject } from '../engine/text/json.ts';

/** What `npm run build` leaves beside the bundle. */
export interface BundledManifest {
  readonly tree: JsonObject;
  /** SHA-256 of each file it was made of, by path in the package. */
  readonly files: Readonly<Record<string, string>>;
}

export const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** Reads a manifest with the language of this engine. */
export const read = (path: string): ReadManifest => readManifest(path, language);

/** Reads and checks a manifest. Throws SystemError that lists every problem. */
function readRight(path: string): JsonObject {
  const { tree, diagnostics } = read(path);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return tree as JsonObject;
  throw new SystemError(`The manifest has problems:\n${errors.map(formatDiagnostic).join('\n')}`);
}

/** True when no file of the bundled manifest was edited since; a package without the files is never stale. */
function isFresh({ files }: BundledManifest, folder: string): boolean {
  return Object.entries(files).every(([name, hash]) => {
    const path = join(folder, name);
    return !existsSync(path) || hashOf(path) === hash;
  });
}

/** The manifest to run. Throws SystemError when it has problems. */
export function loadManifest(path: string | undefined, packageFolder: string): Manifest {
  if (path !== undefined) return { tree: readRight(resolve(path)), folder: dirname(resolve(path)) };
  const bundledPath = join(packageFolder, 'dist', 'manifest.json');
  if (existsSync(bundledPath)) {
    const bundled = JSON.parse(readFileSync(bundledPath, 'utf8')) as BundledManifest;
    if (isFresh(bundled, packageFolder)) return { tree: bundled.tree, folder: packageFolder };
  }
  return { tree: readRight(join(packageFolder, 'manifest.yaml')), folder: packageFolder };
}

/** What `validate` prints: every problem on a line, or that there is none. */
export function validate(path: string): { text: string; isRight: boolean } {
  const { diagnostics, files } = read(path);
  const lines = diagnostics.map((diagnostic) => `${formatDiagnostic(diagnostic)}\n`).join('');
  const count = diagnostics.filter(({ severity }) => severity === 'error').length;
  if (count === 0)
    return { text: `${lines}No problem in ${files.length} file${files.length === 1 ? '' : 's'}.\n`, isRight: true };
  return { text: `${lines}${count} problem${count === 1 ? '' : 's'}.\n`, isRight: false };
}
