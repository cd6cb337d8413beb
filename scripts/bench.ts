// `npm run bench`: measures the executable against the floor, `node -e 0` and, where it is given, the reference engine, on a
// simulated Metabase. `npm run bench -- cards check` runs these groups or cases only. RUNS=5 runs each five times instead of three.
// REFERENCE=path/to/source-declarative-manifest adds the reference engine; a full run with it writes docs/performance.md.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { CASES, GROUPS } from './bench/cases.ts';
import { drawCharts } from './bench/charts.ts';
import { goalsOf } from './bench/goals.ts';
import { preparePrograms } from './bench/programs.ts';
import { goalsTable, groupTable, loadNow, report } from './bench/report.ts';
import { runCases } from './bench/run-cases.ts';

const root = join(import.meta.dirname, '..');
const docs = join(root, 'docs');
const page = join(docs, 'performance.md');
const [BEGIN, END] = ['<!-- written by npm run bench -->', '<!-- end of what npm run bench writes -->'];
const HOW_TO_INSTALL = `The reference engine is left out. To measure against it:
  python3 -m venv reference && reference/bin/pip install airbyte-cdk==7.39.1
  REFERENCE=reference/bin/source-declarative-manifest npm run bench`;
const print = (line: string): void => console.log(line);

const asked = process.argv.slice(2);
const known = [...new Set(CASES.flatMap(({ group, name }) => [group, name]))];
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`Unknown case "${unknown.join('", "')}"; use one of ${known.join(', ')}.`);
  process.exit(2);
}
const cases = CASES.filter(({ group, name }) => asked.length === 0 || asked.includes(group) || asked.includes(name));
const { RUNS = '3', REFERENCE: reference } = process.env;
const runs = Number(RUNS);
const load = loadNow();

async function writePage(text: string): Promise<void> {
  const before = readFileSync(page, 'utf8');
  const [head = '', tail = ''] = [before.split(BEGIN)[0], before.split(END)[1]];
  const whole = `${head}${BEGIN}\n\n${text}\n\n${END}${tail}`;
  writeFileSync(page, await format(whole, { ...(await resolveConfig(page)), filepath: page }));
}

const abort = new AbortController();
let killedBy: NodeJS.Signals | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    killedBy = signal;
    abort.abort(new Error(`Stopped by ${signal}.`));
  });
}

const folder = mkdtempSync(join(tmpdir(), 'source-metabase-bench-'));
try {
  if (reference === undefined) print(`${HOW_TO_INSTALL}\n`);
  const programs = await preparePrograms(folder, reference);
  const results = await runCases(cases, { programs, folder, runs, signal: abort.signal, print });
  const goals = goalsOf(results);
  for (const group of new Set(cases.map((one) => one.group)))
    print(`\n${GROUPS[group].title}\n\n${groupTable(results, group)}`);
  print(`\n${goalsTable(goals.filter(({ measured }) => measured !== undefined))}`);
  if (cases.length === CASES.length && reference !== undefined) {
    await writePage(report(results, goals, { runs, load }));
    for (const [file, svg] of drawCharts(results)) writeFileSync(join(docs, file), svg);
    print('\nWritten to docs/performance.md.');
  } else print('\ndocs/performance.md is left as it is: only a full run with REFERENCE writes it.');
} catch (thrown) {
  process.exitCode = 1;
  if (!killedBy) console.error(thrown);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (killedBy) process.kill(process.pid, killedBy);
