// Prints the script of a shell, or the candidates that the script asks for.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { nearestManifest } from '../../../engine/manifest/find-manifest.ts';
import { createLoader } from '../../../engine/manifest/load.ts';
import { resolveManifest } from '../../../engine/manifest/resolve.ts';
import { isJsonObject } from '../../../engine/text/json.ts';
import { bundledFile } from '../bundled.ts';
import { ownManifest } from '../package-folder.ts';
import { candidates } from './candidates.ts';
import { scripts, type Shell } from './scripts.ts';

/** The streams of a manifest as it is written: nothing waits for it to be right. */
function namesIn(path: string): string[] {
  const loader = createLoader();
  const root = loader.load(path);
  const tree = root && resolveManifest(root, loader).tree;
  const streams = isJsonObject(tree) && Array.isArray(tree['streams']) ? tree['streams'] : [];
  return streams.flatMap((stream: unknown) => (isJsonObject(stream) ? String(stream['name']) : []));
}

function streamNames(named: string | undefined): string[] {
  const manifest = named ?? nearestManifest(process.cwd());
  if (manifest !== undefined && resolve(manifest) !== ownManifest) return namesIn(resolve(manifest));
  const bundled = bundledFile('manifest.json');
  if (bundled === undefined) return [];
  return (JSON.parse(bundled) as { streams: { name: string }[] }).streams.map(({ name }) => name);
}

/** The words as other shells have them: a flag and its value in one. */
function joined(words: readonly string[]): string[] {
  return words.reduce<string[]>((all, word) => {
    const last = all.at(-1) ?? '';
    const isValue = word === '=' || (last.endsWith('=') && last.startsWith('--'));
    return isValue ? [...all.slice(0, -1), last + word] : [...all, word];
  }, []);
}

export function completion(shell: Shell, words: readonly string[], program: Command): void {
  if (words.length === 0) {
    process.stdout.write(scripts[shell]);
    return;
  }
  const line = shell === 'bash' ? joined(words) : words;
  const found = candidates({ words: line, program, streamNames });
  // Bash gets what comes after the "=" only.
  const isValue = shell === 'bash' && line.length < words.length;
  const shown = found.words.map(
    ([word, description]) => `${isValue ? word.replace(/^.*?=/, '') : word}\t${description}`,
  );
  process.stdout.write([...shown, ...(found.areFiles ? [':files'] : [])].map((text) => `${text}\n`).join(''));
}
