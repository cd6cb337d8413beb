// Which manifest runs: the one of --manifest, or the connector's own, for a connector is run from any folder.
import { readManifest } from '../../engine/api/manifest.ts';
import { language } from '../../engine/language.ts';
import { type ReadManifest, readManifest as readWith } from '../../engine/manifest/read-manifest.ts';
import type { Manifest } from '../../engine/source.ts';
import type { JsonObject } from '../../engine/text/json.ts';
import { bundledFile } from './bundled.ts';
import { ownManifest, packageFolder } from './package-folder.ts';

/** Reads a manifest with the language of this engine. */
export const read = (path: string): ReadManifest => readWith(path, language);

/** The manifest to run. Throws SystemError when it has problems. */
export function loadManifest(path: string | undefined): Manifest {
  if (path !== undefined) return readManifest(path);
  const bundled = bundledFile('manifest.json');
  if (bundled === undefined) return readManifest(ownManifest);
  return { tree: JSON.parse(bundled) as JsonObject, folder: packageFolder };
}
