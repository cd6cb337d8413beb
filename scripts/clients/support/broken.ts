// Our manifest with a misspelt field in one stream, for clients that have to find it.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './command.ts';

/** The problem as `validate` tells it. */
export const problem = {
  file: 'streams/cards.yaml',
  message: 'unknown field "pth" in HttpRequester',
};

/** Copies the manifest and its files into a folder, and breaks it there. */
export function writeBroken(folder: string): void {
  for (const name of ['manifest.yaml', 'streams', 'schemas']) {
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  const path = join(folder, problem.file);
  writeFileSync(path, readFileSync(path, 'utf8').replace('    path: card\n', '    pth: card\n'));
}
