// Reads manifests, and prints their problems or that there is none.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { language } from '../engine/language.ts';
import { checkManifest } from '../engine/manifest/check-manifest.ts';
import { sortDiagnostics } from '../engine/manifest/diagnostic.ts';
import { findManifest } from '../engine/manifest/find-manifest.ts';
import { formats, type FormatName } from '../engine/manifest/formats/formats.ts';
import type { ReadManifest } from '../engine/manifest/read-manifest.ts';
import packageJson from '../package.json' with { type: 'json' };
import { authorsManifest } from './manifest.ts';
import { clear, paint } from './terminal.ts';
import type { CommonFlags } from './verb.ts';
import { watch } from './watch.ts';

export interface ValidateFlags extends CommonFlags {
  format: FormatName;
  watch?: boolean;
}

const tool = { name: packageJson.name, version: packageJson.version };

/** What is read once in a run, whatever the number of paths that mean it. */
function createReader(): (path: string) => ReadManifest {
  const known = new Map<string, ReadManifest>();
  return (path) => {
    const found = known.get(path) ?? checkManifest(path, language);
    known.set(path, found);
    return found;
  };
}

/** Validates what the paths mean, prints it, and returns every file that was read. */
function validateAll(paths: readonly string[], format: FormatName, command: Command): string[] {
  const reader = createReader();
  const manifests = paths.map((path) => {
    const manifest = findManifest(resolve(path), (candidate) => reader(candidate).files);
    return (
      manifest ??
      command.error(`error: there is no manifest at "${path}". Name a manifest, or the folder of a manifest.yaml.`)
    );
  });
  const found = [...new Set(manifests)].map(reader);
  const sources = new Map(found.flatMap((one) => one.sources.map((source) => [source.name, source] as const)));
  const files = [...sources.keys()];
  const diagnostics = sortDiagnostics(
    found.flatMap((one) => one.diagnostics),
    files,
  );
  const textOf = (file: string): string | undefined => sources.get(file)?.text;
  process.stdout.write(formats[format]({ diagnostics, files, textOf, tool, paint }));
  process.exitCode = diagnostics.some(({ severity }) => severity === 'error') ? 1 : 0;
  return [...manifests, ...found.flatMap((one) => one.files)];
}

export async function validate(paths: readonly string[], flags: ValidateFlags, command: Command): Promise<void> {
  const given = paths.length > 0 ? paths : [authorsManifest(flags.manifest)];
  let files = given;
  const run = (): void => {
    files = validateAll(given, flags.format, command);
  };
  if (!flags.watch) return run();
  await watch(
    () => files,
    () => {
      clear();
      run();
    },
  );
}
