// Reads a manifest, and prints its problems or that there is none.
import { resolve } from 'node:path';
import { ownManifest, validate as validateManifest } from './manifest.ts';
import type { CommonFlags } from './verb.ts';

export function validate(path: string | undefined, flags: CommonFlags): void {
  const { text, isRight } = validateManifest(resolve(path ?? flags.manifest ?? ownManifest));
  process.stdout.write(text);
  process.exitCode = isRight ? 0 : 1;
}
