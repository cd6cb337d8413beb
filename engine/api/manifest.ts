// Manifests for programs: read, checked, and given as a value or as a list of problems.
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SystemError } from '../errors.ts';
import { language } from '../language.ts';
import { checkManifest } from '../manifest/check-manifest.ts';
import { type Diagnostic, formatDiagnostic } from '../manifest/diagnostic.ts';
import { readManifest as read } from '../manifest/read-manifest.ts';
import type { Manifest } from '../run/manifest.ts';

export type { Manifest };

const pathOf = (file: string | URL): string => (file instanceof URL ? fileURLToPath(file) : resolve(file));

/** Every problem of a manifest and the files it refers to, by place, as the verb `validate` names them. No request is made. */
export function validate(file: string | URL): Diagnostic[] {
  return [...checkManifest(pathOf(file), language).diagnostics];
}

/** Reads and checks a manifest. Throws SystemError that lists every problem, each with its place. */
export function readManifest(file: string | URL): Manifest {
  const path = pathOf(file);
  const { tree, diagnostics } = read(path, language);
  const texts = diagnostics.map(formatDiagnostic);
  const isRight = diagnostics.every(({ severity }) => severity === 'warning');
  if (isRight) return { tree: tree as Manifest['tree'], folder: dirname(path), warnings: texts };
  // The warnings too: a field that is misspelt explains one that is missing.
  throw new SystemError(`The manifest has problems:\n${texts.join('\n')}`);
}
