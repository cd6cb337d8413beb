// Where the package lies.
import { basename, join } from 'node:path';

/** Whether this is the bundle, which stands in dist/, or the sources, which stand in bin/cli/. */
export const isBundle = basename(import.meta.dirname) === 'dist';

/** Folder of the package. */
export const packageFolder = join(import.meta.dirname, isBundle ? '..' : '../..');

/** Path of the connector's own manifest. */
export const ownManifest = join(packageFolder, 'manifest.yaml');
