// A manifest file to one plain, validated tree: load, resolve, validate.
import { type Diagnostic, sortDiagnostics } from './diagnostic.ts';
import type { Language } from './language.ts';
import { createLoader, type SourceFile } from './load.ts';
import type { Origins } from './origins.ts';
import { propagate } from './parameters.ts';
import { resolveManifest } from './resolve.ts';
import { validateTree } from './validate.ts';
import type { FoundComponent } from './walk.ts';

export interface ReadManifest {
  /** The resolved tree; build it only if no diagnostic is an error. */
  readonly tree: unknown;
  /** Every component of a kind that its place takes, holders first; one that a definition describes once. */
  readonly components: readonly FoundComponent[];
  /** Every problem, by place. */
  readonly diagnostics: readonly Diagnostic[];
  /** The files it was read from, the manifest first. */
  readonly files: readonly string[];
  /** The same with their text and the names that diagnostics have for them. */
  readonly sources: readonly SourceFile[];
  /** Where each value of the tree was written. */
  readonly origins: Origins;
}

/** Reads the manifest at an absolute path, and whatever it refers to. */
export function readManifest(path: string, language: Language, loader = createLoader()): ReadManifest {
  const root = loader.load(path);
  if (!root) {
    const message = 'this file cannot be read';
    return {
      tree: undefined,
      components: [],
      files: [],
      sources: [],
      origins: new Map(),
      diagnostics: [{ code: 'file', severity: 'error', message, file: path, line: 1, column: 1 }],
    };
  }
  // A file that is no YAML would make every other problem a riddle.
  if (root.isBroken) {
    return {
      tree: undefined,
      components: [],
      files: [path],
      sources: [root],
      origins: new Map(),
      diagnostics: sortDiagnostics(loader.diagnostics),
    };
  }
  const resolved = resolveManifest(root, loader);
  const tree = propagate(resolved.tree, resolved.origins, language);
  const { components, diagnostics: found } = validateTree({
    tree,
    origins: resolved.origins,
    language,
    manifestPath: path,
  });
  const { files } = loader;
  const diagnostics = sortDiagnostics(
    [...loader.diagnostics, ...resolved.diagnostics, ...found],
    files.map(({ name }) => name),
  );
  return {
    tree,
    components,
    diagnostics,
    files: files.map((file) => file.path),
    sources: files,
    origins: resolved.origins,
  };
}
