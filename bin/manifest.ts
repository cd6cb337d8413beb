// Which manifest runs. A connector is run from any folder, so that is its own one or that of --manifest; who writes a manifest works in
// its folder, and means that one.
import { readManifest } from '../engine/api/manifest.ts';
import { language } from '../engine/language.ts';
import { nearestManifest } from '../engine/manifest/find-manifest.ts';
import { displayName } from '../engine/manifest/load.ts';
import { type ReadManifest, readManifest as readWith } from '../engine/manifest/read-manifest.ts';
import type { Manifest } from '../engine/source.ts';
import type { JsonObject } from '../engine/text/json.ts';
import { bundledFile, ownManifest, packageFolder } from './bundled.ts';

export { ownManifest };

/** The manifest that an author means: that of --manifest, the nearest manifest.yaml here or above, or else the connector's own. */
export function authorsManifest(named: string | undefined): string {
  const path = named ?? nearestManifest(process.cwd()) ?? ownManifest;
  if (named === undefined && path !== ownManifest) {
    process.stderr.write(`The manifest is ${displayName(path)}; --manifest names another one.\n`);
  }
  return path;
}

/** Reads a manifest with the language of this engine. */
export const read = (path: string): ReadManifest => readWith(path, language);

/** The manifest to run. Throws SystemError when it has problems. */
export function loadManifest(path: string | undefined): Manifest {
  if (path !== undefined) return readManifest(path);
  const bundled = bundledFile('manifest.json');
  if (bundled === undefined) return readManifest(ownManifest);
  return { tree: JSON.parse(bundled) as JsonObject, folder: packageFolder };
}
