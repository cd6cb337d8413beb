// The one shape of a format: what came of the tests, as text.
import type { TestRun } from '../run-files.ts';

export interface TestReport extends TestRun {
  /** Colours a text, where colours can be seen. */
  readonly paint: (colour: 'bold' | 'red' | 'green' | 'gray', text: string) => string;
}

export type TestFormat = (report: TestReport) => string;

export const isHeld = ({ differences }: TestRun['results'][number]): boolean => differences.length === 0;

/** The results of each file, in the order of the files. */
export function byFile({ results }: TestRun): Map<string, TestRun['results']> {
  const files = [...new Set(results.map(({ place }) => place.file))];
  return new Map(files.map((file) => [file, results.filter(({ place }) => place.file === file)]));
}
