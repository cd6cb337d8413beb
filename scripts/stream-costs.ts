// Measures what each stream costs on a simulated Metabase, read alone and all in one sync, and writes it into docs/scaling.md:
// `npx tsx scripts/stream-costs.ts`, a minute or two on an idle machine. Run "npm run build" first.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { loadManifest } from '../bin/cli/manifest.ts';
import { measure } from './bench/measure.ts';
import { preparePrograms } from './bench/programs.ts';
import { loadNow, measuredOn, number, table } from './bench/report.ts';
import { startSimulator } from './bench/simulator.ts';
import { ownManifest } from '../bin/cli/package-folder.ts';

const page = join(import.meta.dirname, '..', 'docs', 'scaling.md');
const [BEGIN, END] = [
  '<!-- written by scripts/stream-costs.ts -->',
  '<!-- end of what scripts/stream-costs.ts writes -->',
];
const WORLD = { edition: 'pro', cards: 2000, dashboards: 500, collections: 200, 'latency-ms': 20 };
const ABOUT_WORLD =
  'a Metabase 0.58 of the Pro edition with 2,000 cards, 500 dashboards and 200 collections, each reply after 20 ms';

const streams = loadManifest(ownManifest).tree['streams'] as { name: string }[];
const names = streams.map(({ name }) => name);
const load = loadNow();
const abort = new AbortController();
process.once('SIGINT', () => abort.abort(new Error('Stopped by SIGINT.')));
const folder = mkdtempSync(join(tmpdir(), 'stream-costs-'));
const programs = await preparePrograms(folder, undefined);
const simulator = await startSimulator(WORLD, abort.signal);

/** The row of the table for one sync; undefined when this Metabase does not have the stream. */
async function cost(title: string, read: readonly string[]): Promise<string[] | undefined> {
  const command = programs.commandOf('source-metabase', { verb: 'read', simulator, streams: read, takesPeak: true });
  const { wallS, cpuS, peakMib = NaN, outputBytes, exitCode } = await measure(command, folder, abort.signal);
  const requests = await simulator.requests();
  console.log(`${title}: ${requests.length} requests, ${number(wallS, 1)} s${exitCode === 0 ? '' : ', not complete'}`);
  if (exitCode !== 0) return undefined;
  const figures = [number(wallS, 1), number(cpuS, 1), number(peakMib, 0), number(outputBytes / 1e6, 1)];
  return [title, String(requests.length), ...figures];
}

try {
  const rows: [string, string[] | undefined][] = [];
  for (const name of names) rows.push([name, await cost(`\`${name}\``, [name])]);
  const there = rows.filter(([, row]) => row).map(([name]) => name);
  rows.push(['all', await cost('all in one sync', there)]);
  const text = [
    `${measuredOn(load)} It read ${ABOUT_WORLD}. Login and logout are counted.`,
    table(
      ['stream', 'requests', 'seconds', 'CPU s', 'peak MiB', 'output MB'],
      rows.flatMap(([, row]) => (row ? [row] : [])),
    ),
  ].join('\n\n');
  const before = readFileSync(page, 'utf8');
  const whole = `${before.split(BEGIN)[0] ?? ''}${BEGIN}\n\n${text}\n\n${END}${before.split(END)[1] ?? ''}`;
  writeFileSync(page, await format(whole, { ...(await resolveConfig(page)), filepath: page }));
} finally {
  await simulator.close();
  rmSync(folder, { recursive: true });
}
