// Explains a place of a manifest on the terminal, or as JSON for editors.
import { resolve } from 'node:path';
import { styleText } from 'node:util';
import { explain as explainPlace } from '../../engine/authoring/explain/explain.ts';
import { explanationText } from '../../engine/authoring/explain/text.ts';
import { language } from '../../engine/language.ts';
import { formatDiagnostic } from '../../engine/manifest/diagnostic.ts';
import { authorsManifest } from './authors-manifest.ts';
import { read } from './manifest.ts';
import type { CommonFlags } from './verb.ts';

export interface ExplainFlags extends CommonFlags {
  format: 'text' | 'json';
}

export function explain(place: string, flags: ExplainFlags): void {
  const manifest = read(resolve(authorsManifest(flags.manifest)));
  // What is wrong is told; what is right is explained all the same.
  const errors = manifest.diagnostics.filter(({ severity }) => severity === 'error');
  process.stderr.write(errors.map((diagnostic) => `${formatDiagnostic(diagnostic)}\n`).join(''));
  const explanation = explainPlace(place, manifest, language);
  process.exitCode = errors.length > 0 || 'problem' in explanation ? 1 : 0;
  if ('problem' in explanation) {
    process.stderr.write(`Nothing to explain at "${place}": ${explanation.problem}\n`);
  } else if (flags.format === 'json') {
    process.stdout.write(`${JSON.stringify(explanation, null, 2)}\n`);
  } else {
    const text = explanationText(explanation, (style, words) => styleText(style, words, { stream: process.stdout }));
    process.stdout.write(`${text}\n`);
  }
}
