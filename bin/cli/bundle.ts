// Bundles a manifest: the file to where it is asked for, what does not carry over to the standard error.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { bundle as bundleManifest } from '../../engine/authoring/bundle/bundle.ts';
import { language } from '../../engine/language.ts';
import { formatDiagnostic } from '../../engine/manifest/diagnostic.ts';
import { authorsManifest } from './authors-manifest.ts';
import type { CommonFlags } from './verb.ts';

export interface BundleFlags extends CommonFlags {
  out?: string;
  keepExtensions?: boolean;
}

export function bundle(path: string | undefined, flags: BundleFlags, command: Command): void {
  const { out, keepExtensions = false } = flags;
  const manifest = resolve(path ?? authorsManifest(flags.manifest));
  const { text, diagnostics } = bundleManifest(manifest, language, { keepExtensions });
  process.stderr.write(diagnostics.map((diagnostic) => `${formatDiagnostic(diagnostic)}\n`).join(''));
  if (text === undefined) {
    process.exitCode = 1;
  } else if (out === undefined) {
    process.stdout.write(text);
  } else {
    try {
      writeFileSync(out, text);
    } catch (thrown) {
      command.error(`error: "${out}" cannot be written: ${(thrown as Error).message}`);
    }
  }
}
