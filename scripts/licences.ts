// The licences of the packages whose code is in a bundle: they ask that their notices go where the code goes.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface PackageJson {
  name: string;
  version: string;
  license?: string;
}

const LICENCE_FILE = /^(licen[cs]e|copying|notice)(\.(md|txt))?$/i;
const LINE = '-'.repeat(80);

/** Folders of the packages that files of a bundle are from, by the paths of these files. */
export function packagesOf(files: readonly string[]): string[] {
  const folders = files.flatMap((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

/** What a package says about itself and its licence. Throws when it has no licence file: then nobody may pass it on. */
function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;
  const files = readdirSync(folder).filter((file) => LICENCE_FILE.test(file));
  if (files.length === 0)
    throw new Error(`The bundle holds ${name} ${version}, which has no licence file: look for it, or leave it out.`);
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
  return [LINE, `${name} ${version} (${license ?? 'see below'})`, '', ...texts, ''].join('\n');
}

/** The licences of all packages that these files of a bundle are from, as one text. */
export function licences(root: string, files: readonly string[]): string {
  const parts = packagesOf(files).map((folder) => licenceOf(join(root, folder)));
  return ['This folder holds code of these packages, under these licences.', '', ...parts].join('\n');
}
