// Writes a page about the streams of a manifest, into a folder or to the standard output.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { documentedStreams, streamsPage } from '../../engine/authoring/docs/streams-page.ts';
import { formatDiagnostic } from '../../engine/manifest/diagnostic.ts';
import { authorsManifest } from './authors-manifest.ts';
import { read } from './manifest.ts';
import type { CommonFlags } from './verb.ts';

export interface DocsFlags extends CommonFlags {
  out?: string;
}

const NOTE = '<!-- Written by `source-metabase docs`; do not edit. -->';

export function docs(path: string | undefined, { manifest, out }: DocsFlags): void {
  const { tree, diagnostics, sources } = read(resolve(path ?? authorsManifest(manifest)));
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    const lines = errors.map(formatDiagnostic).join('\n');
    process.stderr.write(`The manifest has problems, so nothing was written:\n${lines}\n`);
    process.exitCode = 1;
    return;
  }
  const streams = documentedStreams(tree, sources);
  const page = `${NOTE}\n\n${streamsPage(streams)}\n`;
  if (out === undefined) {
    process.stdout.write(page);
    return;
  }
  mkdirSync(out, { recursive: true });
  const file = join(out, 'streams.md');
  writeFileSync(file, page);
  process.stdout.write(`${relative('', file)}: ${streams.length} stream${streams.length === 1 ? '' : 's'}.\n`);
}
