// The package as npm packs it, installed into an empty folder as its users do.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Work } from '../client.ts';
import { mustRun, root } from './command.ts';

/** Packs what is built; returns the path of the tarball. */
export async function pack(work: Work): Promise<string> {
  const command = ['npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', work.folder];
  const [packed] = JSON.parse(await mustRun(work, command, { cwd: root })) as [{ filename: string }];
  return join(work.folder, packed.filename);
}

/** Installs a tarball into an empty folder, with packages beside it; returns the folder. `name` is that of the folder. */
export async function install(
  work: Work,
  tarball: string,
  { name, beside = [] }: { name: string; beside?: readonly string[] },
): Promise<string> {
  const folder = join(work.folder, name);
  mkdirSync(folder);
  // The prefix: npm would look for a package.json in the folders above.
  const command = ['npm', 'install', '--prefix', folder, '--no-audit', '--no-fund', '--prefer-offline'];
  await mustRun(work, [...command, tarball, ...beside], { cwd: folder });
  return folder;
}
