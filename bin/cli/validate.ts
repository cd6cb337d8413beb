// Reads manifests, and prints their problems or that there is none.
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { checkManifest } from '../../engine/manifest/check-manifest.ts';
import { sortDiagnostics } from '../../engine/manifest/diagnostic.ts';
import { findManifest } from '../../engine/manifest/find-manifest.ts';
import { formats, type FormatName } from '../../engine/manifest/formats/formats.ts';
import type { Language } from '../../engine/manifest/language.ts';
import type { ReadManifest } from '../../engine/manifest/read-manifest.ts';
import { outlined } from '../../engine/outline.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { openMemory } from './memory.ts';
import { authorsManifest } from './authors-manifest.ts';
import { isBundle, packageFolder } from './package-folder.ts';
import { clear, paint } from './terminal.ts';
import type { CommonFlags } from './verb.ts';
import { watch } from './watch.ts';

export interface ValidateFlags extends CommonFlags {
  format: FormatName;
  watch?: boolean;
}

type TemplateProblems = Language['templateProblems'];

const tool = { name: packageJson.name, version: packageJson.version };

/** Sources that run unbuilt have none: what they find changes with them. */
const memory = isBundle ? openMemory(join(packageFolder, 'dist')) : undefined;

interface Validated {
  /** The manifests that the paths mean. */
  readonly manifests: readonly string[];
  /** What was read of them, each once. */
  readonly found: readonly ReadManifest[];
}

/** Validates what the paths mean. */
function validateAll(paths: readonly string[], templateProblems: TemplateProblems, command: Command): Validated {
  const known = new Map<string, ReadManifest>();
  function reader(path: string): ReadManifest {
    const found = known.get(path) ?? checkManifest(path, { ...outlined, templateProblems }, memory);
    known.set(path, found);
    return found;
  }
  const manifests = paths.map((path) => {
    const manifest = findManifest(resolve(path), (candidate) => reader(candidate).files);
    return (
      manifest ??
      command.error(`error: there is no manifest at "${path}". Name a manifest, or the folder of a manifest.yaml.`)
    );
  });
  return { manifests, found: [...new Set(manifests)].map(reader) };
}

/** The same, but nunjucks, which takes long to load, only has to look at templates that no run before has found to be right. */
async function validateSoon(paths: readonly string[], command: Command): Promise<Validated> {
  const unsure = new Map<string, Parameters<TemplateProblems>>();
  const hopeful: TemplateProblems = (...template) => {
    const text = JSON.stringify(template);
    if (memory?.known('template', text) === undefined) unsure.set(text, template);
    return [];
  };
  const validated = validateAll(paths, hopeful, command);
  if (unsure.size === 0) return validated;
  const { templateProblems } = await import('../../engine/text/template-problems.ts');
  const right = [...unsure].filter(([, template]) => templateProblems(...template).length === 0);
  for (const [text] of right) memory?.keep('template', text, true);
  return right.length === unsure.size ? validated : validateAll(paths, templateProblems, command);
}

/** Prints what was found, and returns every file that was read. */
async function print({ manifests, found }: Validated, format: FormatName): Promise<string[]> {
  const sources = new Map(found.flatMap((one) => one.sources.map((source) => [source.name, source] as const)));
  const files = [...sources.keys()];
  const diagnostics = sortDiagnostics(
    found.flatMap((one) => one.diagnostics),
    files,
  );
  const textOf = (file: string): string | undefined => sources.get(file)?.text;
  const write = await formats[format]();
  process.stdout.write(write({ diagnostics, files, textOf, tool, paint }));
  process.exitCode = diagnostics.some(({ severity }) => severity === 'error') ? 1 : 0;
  return [...manifests, ...found.flatMap((one) => one.files)];
}

export async function validate(paths: readonly string[], flags: ValidateFlags, command: Command): Promise<void> {
  const given = paths.length > 0 ? paths : [authorsManifest(flags.manifest)];
  let files = given;
  const run = async (): Promise<void> => {
    files = await print(await validateSoon(given, command), flags.format);
    memory?.save();
  };
  if (!flags.watch) return run();
  await watch(
    () => files,
    () => {
      clear();
      return run();
    },
  );
}
