// Runs the cases: in each, the programs one after the other, then again, so that a busy moment of the machine meets them all.
import { GROUPS, type Case } from './cases.ts';
import { measure } from './measure.ts';
import type { ProgramName, Programs } from './programs.ts';
import { type CaseResult, type Run, summarize } from './results.ts';
import { type Simulator, startSimulator } from './simulator.ts';

export interface Bench {
  readonly programs: Programs;
  readonly folder: string;
  /** How often every case runs; the short ones of a group a multiple of it. */
  readonly runs: number;
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
}

async function runOnce(
  of: Case,
  name: ProgramName,
  simulator: Simulator | undefined,
  takesPeak: boolean,
  bench: Bench,
): Promise<Run> {
  const { verb, streams = [] } = of;
  const command = bench.programs.commandOf(name, { verb, simulator, streams, takesPeak });
  const measured = await measure(command, bench.folder, bench.signal);
  const requests = (await simulator?.requests()) ?? [];
  return { ...measured, requests };
}

async function runCase(of: Case, bench: Bench): Promise<CaseResult> {
  const { programs, runs, signal, print } = bench;
  const names = of.programs.filter((name) => programs.names.includes(name));
  const isStartup = of.group === 'startup';
  const simulator = of.world && (await startSimulator(of.world, signal));
  const all = new Map<ProgramName, Run[]>(names.map((name) => [name, []]));
  try {
    // Start-up is timed without the hook that takes the peak: that run is one more, before.
    if (isStartup) for (const name of names) all.get(name)?.push(await runOnce(of, name, simulator, true, bench));
    for (let run = 0; run < runs * GROUPS[of.group].times; run++) {
      for (const name of names) all.get(name)?.push(await runOnce(of, name, simulator, !isStartup, bench));
    }
  } finally {
    await simulator?.close();
  }
  const summaries = names.map((name) => {
    const done = all.get(name) ?? [];
    const timed = isStartup ? done.slice(1) : done;
    const peakMib = isStartup ? done[0]?.peakMib : undefined;
    const { stderr = '' } = done.find(({ exitCode }) => exitCode !== 0) ?? {};
    if (stderr !== '') print(`  ${name}: ${stderr.trim().split('\n').at(-1) ?? ''}`);
    return { ...summarize(name, timed), ...(peakMib !== undefined && { peakMib }) };
  });
  return { of, summaries };
}

export async function runCases(cases: readonly Case[], bench: Bench): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const of of cases) {
    bench.print(`${of.group}: ${of.title}`);
    const result = await runCase(of, bench);
    for (const { program, wallS, cpuS, peakMib, requests } of result.summaries) {
      const figures = `${wallS.toFixed(3)} s wall, ${cpuS.toFixed(3)} s CPU, ${peakMib.toFixed(0)} MiB, ${requests} requests`;
      bench.print(`  ${program.padEnd(16)} ${figures}`);
    }
    results.push(result);
  }
  return results;
}
