// What `validate` does: reads a manifest as for a run, then looks for everything else that can be known without the network.
import { isJsonObject } from '../text/json.ts';
import { checkedManifest } from './checks/checked-manifest.ts';
import { checks } from './checks/checks.ts';
import { problems } from './checks/problems.ts';
import { type Diagnostic, sortDiagnostics, uniqueDiagnostics } from './diagnostic.ts';
import type { Language } from './language.ts';
import { createLoader } from './load.ts';
import type { Memory } from './memory.ts';
import { type ReadManifest, readManifest } from './read-manifest.ts';

/** Problems that hide references, so that what they lead to seems unused. */
const HIDES_REFERENCES = /^(yaml|alias|ref-.*)$/;

/** Its severity in `validate`, which is stricter than a run. */
const judged = (diagnostic: Diagnostic): Diagnostic => ({
  ...diagnostic,
  severity: problems[diagnostic.code]?.severity ?? diagnostic.severity,
});

/** Reads the manifest at an absolute path, and whatever it refers to; the diagnostics are those of `validate`. */
export function checkManifest(path: string, language: Language, memory?: Memory): ReadManifest {
  const loader = createLoader(memory);
  const manifest = readManifest(path, language, loader);
  if (!isJsonObject(manifest.tree)) return { ...manifest, diagnostics: manifest.diagnostics.map(judged) };
  const hidesReferences = manifest.diagnostics.some(({ code }) => HIDES_REFERENCES.test(code));
  const checked = checkedManifest(manifest, manifest.tree, language, loader, memory);
  const found = checks.flatMap((check) =>
    [...check.find(checked)].map(({ code, place, message, hint }) => ({ code, message, hint, ...place })),
  );
  const counted = found.filter(({ code }) => !(hidesReferences && code.startsWith('unused-')));
  const sources = loader.files;
  const diagnostics = [
    ...manifest.diagnostics,
    ...counted.map((finding) => ({ ...finding, severity: 'warning' as const })),
  ];
  return {
    ...manifest,
    files: sources.map((file) => file.path),
    sources,
    diagnostics: sortDiagnostics(
      uniqueDiagnostics(diagnostics.map(judged)),
      sources.map(({ name }) => name),
    ),
  };
}
