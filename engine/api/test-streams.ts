// The tests of streams, for programs: given these replies, are these the requests and the records?
import { resolve } from 'node:path';
import { SystemError } from '../errors.ts';
import { formatDiagnostic } from '../manifest/diagnostic.ts';
import type { Manifest } from '../run/manifest.ts';
import { loadTests } from '../testing/load-tests.ts';
import { casesOf } from '../testing/run-tests.ts';

/** What came of one case. */
export interface TestResult {
  /** The stream that was read. */
  readonly stream: string;
  /** What the case is called. */
  readonly name: string;
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** How what happened differs from what is expected: empty when the case holds. */
  readonly differences: readonly string[];
}

/**
 * Runs the cases of test files in YAML against a manifest, one after the other, without a network. Throws SystemError that lists
 * every problem of a file that is not in the format.
 */
export async function* testStreams(
  manifest: Manifest,
  files: readonly string[],
): AsyncGenerator<TestResult, void, undefined> {
  const loaded = files.map((file) => loadTests(resolve(file)));
  const problems = loaded.flatMap(({ diagnostics }) => diagnostics);
  if (problems.length > 0)
    throw new SystemError(`The tests have problems:\n${problems.map(formatDiagnostic).join('\n')}`);
  for (const testCase of loaded.flatMap((tests) => casesOf(tests, manifest))) {
    const { stream, name, place } = testCase;
    yield { stream, name, file: place.file, line: place.line, differences: await testCase.run() };
  }
}
