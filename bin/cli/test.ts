// Runs tests of streams, and prints what came of them.
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { formatDiagnostic } from '../../engine/manifest/diagnostic.ts';
import { TESTS_FOLDER, testsAt, testsBeside } from '../../engine/testing/find-tests.ts';
import { testFormats, type TestFormatName } from '../../engine/testing/formats/formats.ts';
import { runFiles } from '../../engine/testing/run-files.ts';
import type { JsonObject } from '../../engine/text/json.ts';
import { authorsManifest } from './authors-manifest.ts';
import { read } from './manifest.ts';
import { clear, paint } from './terminal.ts';
import type { CommonFlags } from './verb.ts';
import { watch } from './watch.ts';

export interface TestFlags extends CommonFlags {
  filter?: string;
  format: TestFormatName;
  watch?: boolean;
}

/** The files that are meant. Ends with wrong usage when there are none. */
function filesOf(paths: readonly string[], manifest: string, command: Command): string[] {
  const given = paths.map((path) => testsAt(path) ?? command.error(`error: there is no file or folder "${path}".`));
  const files = paths.length > 0 ? given.flat() : testsBeside(manifest);
  if (files.length > 0) return [...new Set(files)];
  const where = paths.length > 0 ? paths.join(', ') : `${TESTS_FOLDER}/ beside ${manifest}`;
  return command.error(`error: there are no tests in ${where}: files that end with .yaml.`);
}

/** Runs the tests of the manifest at `path`, prints what came of them, and returns every file that was read. */
async function runOnce(path: string, paths: readonly string[], flags: TestFlags, command: Command): Promise<string[]> {
  const { filter, format } = flags;
  const tests = filesOf(paths, path, command);
  const { tree, diagnostics, files } = read(path);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    process.stderr.write(
      `The manifest has problems, so no test was run:\n${errors.map(formatDiagnostic).join('\n')}\n`,
    );
    process.exitCode = 1;
    return [path, ...files, ...tests];
  }
  const run = await runFiles(tests, { tree: tree as JsonObject, folder: dirname(path) }, filter);
  if (run.results.length === 0 && run.diagnostics.length === 0) {
    command.error(`error: no case has the words "${filter ?? ''}".`);
  }
  process.stdout.write(testFormats[format]({ ...run, paint }));
  const isHeld = run.diagnostics.length === 0 && run.results.every(({ differences }) => differences.length === 0);
  process.exitCode = isHeld ? 0 : 1;
  return [...files, ...tests];
}

export async function test(paths: readonly string[], flags: TestFlags, command: Command): Promise<void> {
  const manifest = resolve(authorsManifest(flags.manifest));
  let files: string[] = [];
  if (!flags.watch) await runOnce(manifest, paths, flags, command);
  else
    await watch(
      () => files,
      async () => {
        clear();
        files = await runOnce(manifest, paths, flags, command);
      },
    );
}
