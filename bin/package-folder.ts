// Where the package lies.
import { join } from 'node:path';

/** Folder of the package: the bundle stands in dist/, the sources in bin/. */
export const packageFolder = join(import.meta.dirname, '..');

/** Path of the connector's own manifest. */
export const ownManifest = join(packageFolder, 'manifest.yaml');
