// The results as Markdown: the machine, the goals, a table for each group of cases.
import { arch, availableParallelism, cpus, loadavg, platform, totalmem } from 'node:os';
import { type Case, GROUPS } from './cases.ts';
import type { Goal } from './goals.ts';
import { type CaseResult, ratioText, type Summary } from './results.ts';

export interface Circumstances {
  readonly runs: number;
  readonly load: number;
}

const GIB = 1024 ** 3;

export const loadNow = (): number => loadavg()[0] ?? NaN;

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export const number = (value: number, digits: number): string => (Number.isNaN(value) ? '' : value.toFixed(digits));

/** Ours divided by the other's. */
const against = (ours: Summary | undefined, other: Summary, figure: 'wallS' | 'cpuS' | 'peakMib'): string =>
  ours === undefined || ours === other ? '' : ratioText(ours[figure] / other[figure]);

function caseRows({ of, summaries }: CaseResult): string[][] {
  const ours = summaries.find(({ program }) => program === 'source-metabase');
  return summaries.map((summary, index) => [
    index === 0 ? of.title : '',
    summary.program + (summary.exitCode === 0 ? '' : ` (exit code ${summary.exitCode})`),
    number(summary.wallS, 3),
    number(summary.cpuS, 3),
    number(summary.peakMib, 0),
    String(summary.requests),
    number(summary.outputBytes / 1e6, summary.outputBytes < 1e6 ? 3 : 0),
    against(ours, summary, 'wallS'),
    against(ours, summary, 'cpuS'),
    against(ours, summary, 'peakMib'),
  ]);
}

const HEAD = [
  'case',
  'program',
  'wall s',
  'CPU s',
  'peak MiB',
  'requests',
  'output MB',
  'our wall',
  'our CPU',
  'our peak',
];
const CHARTS: Partial<Record<Case['group'], readonly [string, string][]>> = {
  startup: [['performance-startup.svg', 'Wall time of each verb']],
  cards: [
    ['performance-cards.svg', 'CPU time for each number of cards'],
    ['performance-memory.svg', 'Peak of the memory for each number of cards'],
  ],
  dashboards: [['performance-latency.svg', 'Wall time of many requests at 20 ms each']],
};

export function goalsTable(goals: readonly Goal[]): string {
  const verdict = (isMet: boolean | undefined): string => (isMet === undefined ? '' : isMet ? 'met' : '**not met**');
  return table(
    ['measure', 'goal', 'measured', ''],
    goals.map(({ measure, goal, measured, isMet }) => [measure, goal, measured ?? 'not measured', verdict(isMet)]),
  );
}

export function groupTable(results: readonly CaseResult[], group: Case['group']): string {
  return table(HEAD, results.filter(({ of }) => of.group === group).flatMap(caseRows));
}

/** When it was measured, and on which machine. */
export function measuredOn(load: number): string {
  const machine = [
    `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores`,
    `${(totalmem() / GIB).toFixed(0)} GiB of memory`,
    `${platform()} ${arch()}`,
    `Node ${process.version}`,
    `load ${load.toFixed(1)} at the start`,
  ].join(', ');
  return `Measured on ${new Date().toISOString().slice(0, 10)}: ${machine}.`;
}

export function report(results: readonly CaseResult[], goals: readonly Goal[], { runs, load }: Circumstances): string {
  const groups = (Object.keys(GROUPS) as Case['group'][]).map((group) => {
    const images = (CHARTS[group] ?? []).map(([file, text]) => `![${text}](${file})`);
    return [`### ${GROUPS[group].title}`, groupTable(results, group), ...images].join('\n\n');
  });
  return [
    `${measuredOn(load)} Medians of ${runs} runs, at start-up of ${runs * GROUPS.startup.times}.`,
    '### Goals',
    goalsTable(goals),
    ...groups,
  ].join('\n\n');
}
