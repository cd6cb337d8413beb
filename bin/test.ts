// Runs tests of streams, and prints what came of them.
import { dirname, resolve } from 'node:path';
import { styleText } from 'node:util';
import type { Command } from 'commander';
import { formatDiagnostic } from '../engine/manifest/diagnostic.ts';
import { TESTS_FOLDER, testsAt, testsBeside } from '../engine/testing/find-tests.ts';
import { testFormats, type TestFormatName } from '../engine/testing/formats/formats.ts';
import { runFiles } from '../engine/testing/run-files.ts';
import type { JsonObject } from '../engine/text/json.ts';
import { ownManifest, read } from './manifest.ts';
import type { CommonFlags } from './verb.ts';

export interface TestFlags extends CommonFlags {
  filter?: string;
  format: TestFormatName;
}

/** The files that are meant. Ends with wrong usage when there are none. */
function filesOf(paths: readonly string[], manifest: string, command: Command): string[] {
  const given = paths.map((path) => testsAt(path) ?? command.error(`error: there is no file or folder "${path}".`));
  const files = paths.length > 0 ? given.flat() : testsBeside(manifest);
  if (files.length > 0) return [...new Set(files)];
  const where = paths.length > 0 ? paths.join(', ') : `${TESTS_FOLDER}/ beside ${manifest}`;
  return command.error(`error: there are no tests in ${where}: files that end with .yaml.`);
}

/** Runs the tests once. */
async function testOnce(paths: readonly string[], { manifest, filter, format }: TestFlags, command: Command) {
  const path = manifest === undefined ? ownManifest : resolve(manifest);
  const files = filesOf(paths, path, command);
  const { tree, diagnostics } = read(path);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    process.stderr.write(
      `The manifest has problems, so no test was run:\n${errors.map(formatDiagnostic).join('\n')}\n`,
    );
    process.exitCode = 1;
    return;
  }
  const run = await runFiles(files, { tree: tree as JsonObject, folder: dirname(path) }, filter);
  if (run.results.length === 0 && run.diagnostics.length === 0) {
    command.error(`error: no case has the words "${filter ?? ''}".`);
  }
  const paint: Parameters<(typeof testFormats)['text']>[0]['paint'] = (colour, text) =>
    styleText(colour, text, { stream: process.stdout });
  process.stdout.write(testFormats[format]({ ...run, paint }));
  const isHeld = run.diagnostics.length === 0 && run.results.every(({ differences }) => differences.length === 0);
  process.exitCode = isHeld ? 0 : 1;
}

export const test = testOnce;
