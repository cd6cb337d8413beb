// Runs whole files of tests against a manifest, their cases side by side.
import pMap from 'p-map';
import type { Diagnostic, Place } from '../manifest/diagnostic.ts';
import type { Manifest } from '../source.ts';
import { loadTests } from './load-tests.ts';
import { createRecordings } from './recordings.ts';
import { casesOf, type RunnableCase } from './run-tests.ts';

/** What came of a case. */
export interface CaseResult {
  readonly stream: string;
  readonly name: string;
  readonly place: Place;
  /** How what happened differs from what is expected: nothing when the case holds. */
  readonly differences: readonly string[];
  readonly seconds: number;
}

export interface TestRun {
  /** In the order of the files. */
  readonly results: readonly CaseResult[];
  /** What is wrong with the files themselves; their cases were not run. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Cases wait for little, since nothing is sent; a few at once keep the processor busy. */
const AT_ONCE = 4;

const isMeant = ({ stream, name }: RunnableCase, filter: string): boolean =>
  `${stream}: ${name}`.toLowerCase().includes(filter.toLowerCase());

async function resultOf(testCase: RunnableCase): Promise<CaseResult> {
  const { stream, name, place } = testCase;
  const startedAt = performance.now();
  const differences = await testCase.run();
  return { stream, name, place, differences, seconds: (performance.now() - startedAt) / 1000 };
}

/** Runs the cases whose `stream: name` has the words of the filter. */
export async function runFiles(paths: readonly string[], manifest: Manifest, filter = ''): Promise<TestRun> {
  const loaded = paths.map(loadTests);
  const recordings = createRecordings();
  const cases = loaded
    .filter(({ diagnostics }) => diagnostics.length === 0)
    .flatMap((file) => casesOf(file, manifest, recordings))
    .filter((testCase) => isMeant(testCase, filter));
  return {
    results: await pMap(cases, resultOf, { concurrency: AT_ONCE }),
    diagnostics: loaded.flatMap(({ diagnostics }) => diagnostics),
  };
}
