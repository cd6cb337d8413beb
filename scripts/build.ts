// Bundles the command line and what programs import, with its types, into dist/, with the connector's own manifest, read and
// validated, and the answers that need only it.
import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { build, transform } from 'esbuild';
import { type Hashes, hashOf } from '../bin/cli/bundled.ts';
import { read } from '../bin/cli/manifest.ts';
import { formatDiagnostic } from '../engine/manifest/diagnostic.ts';
import { buildTypes } from './build-types.ts';
import { licences } from './licences.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
/** Names stay, for stack traces. */
const small = { minifyWhitespace: true, minifySyntax: true };

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);

const { outputFiles, metafile } = await build({
  absWorkingDir: root,
  entryPoints: { cli: 'bin/cli/main.ts', index: 'engine/index.ts' },
  outdir: dist,
  outExtension: { '.js': '.cjs' },
  write: false,
  bundle: true,
  // Modules that few verbs need are files of their own, loaded when they are needed.
  splitting: true,
  // An optional dependency, with a library of machine code.
  external: ['@duckdb/node-api'],
  alias: { 'node:child_process': './bin/cli/no-child-process.ts' },
  define: { 'import.meta.dirname': '__dirname' },
  format: 'esm',
  platform: 'node',
  target: 'node20',
  ...small,
  legalComments: 'linked',
  metafile: true,
  // The bundle names the files it was made of: the same names wherever node_modules really lies.
  preserveSymlinks: true,
});

/** A part of the bundle as a script, as strict as a module: V8 keeps the code that it made of scripts, not of modules. */
async function scriptOf(module: string): Promise<string> {
  const { code } = await transform(module, {
    ...small,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    supported: { 'dynamic-import': false },
  });
  const text = `'use strict';${code}`;
  // Regular expressions still hold other letters, and text of one byte a letter is read in a third of the time.
  return text.replaceAll(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

for (const { path, text } of outputFiles) {
  // What programs import is a module, which takes the rest from the scripts.
  if (basename(path) === 'index.cjs') writeFileSync(join(dist, 'index.js'), text);
  else writeFileSync(path, path.endsWith('.cjs') ? await scriptOf(text) : text);
}

writeFileSync(join(dist, 'LICENSES.txt'), licences(root, Object.keys(metafile.inputs)));

buildTypes(join(root, 'engine', 'index.ts'), join(dist, 'types'));

/** Runs what is run most as it is run most, so that the launcher has its code: validate after a change. */
function leaveCode(): void {
  const launch = (...verb: string[]) => execFileSync(process.execPath, [join(root, 'bin', 'source-metabase'), ...verb]);
  const folder = mkdtempSync(join(tmpdir(), 'source-metabase-'));
  try {
    for (const part of ['manifest.yaml', 'streams', 'schemas']) {
      cpSync(join(root, part), join(folder, part), { recursive: true });
    }
    appendFileSync(join(folder, 'manifest.yaml'), '\n# changed\n');
    launch('validate', folder);
    launch('spec');
  } finally {
    rmSync(folder, { recursive: true });
    rmSync(join(dist, 'memory-last.json'), { force: true });
  }
}

const { tree, files, diagnostics } = read(join(root, 'manifest.yaml'));
for (const diagnostic of diagnostics) console.error(formatDiagnostic(diagnostic));
if (diagnostics.some(({ severity }) => severity === 'error')) {
  // Not fatal: authors edit the manifest and see its problems when they run it.
  console.error('The manifest has problems, so the bundle does not hold it.');
} else {
  const hashes: Hashes = Object.fromEntries(files.map((path) => [relative(root, path), hashOf(path)]));
  const answer = (...verb: string[]): Buffer => execFileSync(process.execPath, [join(dist, 'cli.cjs'), ...verb]);
  writeFileSync(join(dist, 'manifest.json'), JSON.stringify(tree));
  writeFileSync(join(dist, 'spec.jsonl'), answer('spec'));
  writeFileSync(join(dist, 'catalog.jsonl'), answer('discover', '--all'));
  // What validate remembers of the manifest that it has just read.
  answer('validate');
  renameSync(join(dist, 'memory-last.json'), join(dist, 'memory-built.json'));
  // Written last: what the bundle answers counts from here on.
  writeFileSync(join(dist, 'hashes.json'), JSON.stringify(hashes));
  leaveCode();
}
