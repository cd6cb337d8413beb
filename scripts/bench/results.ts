// What was measured of each program in each case, and the medians of it.
import type { Case } from './cases.ts';
import type { Measured } from './measure.ts';
import type { ProgramName } from './programs.ts';

export interface Run extends Measured {
  readonly requests: readonly string[];
}

export interface Summary {
  readonly program: ProgramName;
  readonly wallS: number;
  readonly cpuS: number;
  readonly peakMib: number;
  readonly requests: number;
  /** GETs of a URL that was asked for before in the same run. */
  readonly repeated: number;
  readonly logins: number;
  readonly logouts: number;
  readonly outputBytes: number;
  readonly exitCode: number;
}

export interface CaseResult {
  readonly of: Case;
  readonly summaries: readonly Summary[];
}

function median(values: readonly number[]): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low = NaN, high = NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}

const isGet = (request: string): boolean => request.startsWith('GET ');

export function summarize(program: ProgramName, runs: readonly Run[]): Summary {
  const of = (value: (run: Run) => number): number => median(runs.map(value));
  const count = ({ requests }: Run, method: string): number =>
    requests.filter((request) => request === `${method} /api/session`).length;
  return {
    program,
    wallS: of(({ wallS }) => wallS),
    cpuS: of(({ cpuS }) => cpuS),
    peakMib: of(({ peakMib }) => peakMib ?? NaN),
    requests: of(({ requests }) => requests.length),
    repeated: of(({ requests }) => requests.filter(isGet).length - new Set(requests.filter(isGet)).size),
    logins: of((run) => count(run, 'POST')),
    logouts: of((run) => count(run, 'DELETE')),
    outputBytes: of(({ outputBytes }) => outputBytes),
    exitCode: Math.max(...runs.map(({ exitCode }) => exitCode)),
  };
}

/** The figures of one program in one case, or undefined where it was not run. */
export function find(results: readonly CaseResult[], name: string, program: ProgramName): Summary | undefined {
  return results.find(({ of }) => of.name === name)?.summaries.find((summary) => summary.program === program);
}

/** A ratio as people say it: 2.50, 1/8.3. */
export function ratioText(ratio: number): string {
  if (Number.isNaN(ratio)) return '';
  return ratio < 1 ? `1/${(1 / ratio).toFixed(1)}` : ratio.toFixed(2);
}
