// Which manifest an author works on: who writes a manifest works in its folder, and means that one.
import { nearestManifest } from '../../engine/manifest/find-manifest.ts';
import { displayName } from '../../engine/manifest/load.ts';
import { ownManifest } from './package-folder.ts';

/** The manifest that an author means: that of --manifest, the nearest manifest.yaml here or above, or else the connector's own. */
export function authorsManifest(named: string | undefined): string {
  const path = named ?? nearestManifest(process.cwd()) ?? ownManifest;
  if (named === undefined && path !== ownManifest) {
    process.stderr.write(`The manifest is ${displayName(path)}; --manifest names another one.\n`);
  }
  return path;
}
