// Which manifest runs: the one of --manifest, or the connector's own.
import { dirname, join, resolve } from 'node:path';
import { SystemError } from '../engine/errors.ts';
import { language } from '../engine/language.ts';
import { formatDiagnostic } from '../engine/manifest/diagnostic.ts';
import { type ReadManifest, readManifest } from '../engine/manifest/read-manifest.ts';
import type { Manifest } from '../engine/source.ts';
import type { JsonObject } from '../engine/text/json.ts';
import { bundledFile, packageFolder } from './bundled.ts';

/** Path of the connector's own manifest. */
export const ownManifest = join(packageFolder, 'manifest.yaml');

/** Reads a manifest with the language of this engine. */
export const read = (path: string): ReadManifest => readManifest(path, language);

/** Reads and checks a manifest. Throws SystemError that lists every problem. */
function readRight(path: string): Manifest {
  const { tree, diagnostics } = read(path);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return { tree: tree as JsonObject, folder: dirname(path) };
  throw new SystemError(`The manifest has problems:\n${errors.map(formatDiagnostic).join('\n')}`);
}

/** The manifest to run. Throws SystemError when it has problems. */
export function loadManifest(path: string | undefined): Manifest {
  if (path !== undefined) return readRight(resolve(path));
  const bundled = bundledFile('manifest.json');
  if (bundled === undefined) return readRight(ownManifest);
  return { tree: JSON.parse(bundled) as JsonObject, folder: packageFolder };
}
