// Which files of tests are meant: those named, all of a folder, or those beside a manifest.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Where the tests of a manifest are looked for, from its folder. */
export const TESTS_FOLDER = 'test/streams';

/** The files of a folder and those below it. */
const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => join(folder, name));

/** The files that a path means, by their absolute paths; undefined when nothing is there. */
export function testsAt(path: string): string[] | undefined {
  const absolute = resolve(path);
  if (!existsSync(absolute)) return undefined;
  return statSync(absolute).isDirectory() ? filesBelow(absolute) : [absolute];
}

/** The files beside a manifest. */
export const testsBeside = (manifest: string): string[] => testsAt(join(dirname(manifest), TESTS_FOLDER)) ?? [];
