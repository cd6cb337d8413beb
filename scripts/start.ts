// `npm start`: check, discover and read of every stream through the real executable, into out/ of the current folder.
// Reads a simulated Metabase, or with CONFIG=path the instance that a config names.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startMetabase } from '../test/metabase/serve.ts';
import { Failure } from './start/failure.ts';
import { openOutput } from './start/output.ts';
import { createTable } from './start/table.ts';
import { checkConnection, discoverStreams, readStreams, type Run } from './start/verbs.ts';

const OUTPUT_FOLDER = 'out';
const print = (line: string) => console.log(line);

async function readEverything(run: Run): Promise<void> {
  print(`check      ${await checkConnection(run)}`);
  const streams = await discoverStreams(run);
  const names = streams.map(({ name }) => name);
  print(`discover   ${names.length} streams\n`);
  const output = await openOutput(OUTPUT_FOLDER, names);
  const table = createTable(names);
  try {
    print(table.header());
    await readStreams(streams, output, table, run);
    print(table.total());
  } finally {
    await output.close();
  }
  print(`\nThe records are in ${OUTPUT_FOLDER}/: a file for each stream, a record on each line.`);
}

/** Reads the instance of the user's config. */
async function readInstance(configPath: string, run: Omit<Run, 'configPath'>): Promise<void> {
  if (!existsSync(configPath)) throw new Failure(`There is no file ${configPath}. CONFIG has to name a config file.`);
  print(`instance   of ${configPath}`);
  await readEverything({ ...run, configPath });
}

/** Reads a Metabase that is started for it on loopback. */
async function readSimulator(run: Omit<Run, 'configPath'>): Promise<void> {
  const simulator = await startMetabase({ size: 'small' });
  const configPath = join(run.temporaryFolder, 'config.json');
  writeFileSync(configPath, JSON.stringify({ instance_api_url: simulator.apiUrl, ...simulator.credentials.admin }));
  try {
    print(`simulator  ${simulator.url}`);
    await readEverything({ ...run, configPath });
    print(`The simulator answered ${simulator.log.length} requests, those of check and discover included.`);
  } finally {
    await simulator.close();
  }
  print('To read your own Metabase: CONFIG=path/to/config.json npm start');
}

function nextStep(config: string | undefined): string {
  if (config !== undefined) return 'Correct that, then run it again: CONFIG=path/to/config.json npm start';
  return 'Run "npm run build", then "npm start" again. If it fails again, report it with the lines above.';
}

const { CONFIG: config } = process.env;
const temporaryFolder = mkdtempSync(join(tmpdir(), 'source-metabase-'));
const abort = new AbortController();
let killedBy: NodeJS.Signals | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    killedBy = signal;
    abort.abort(new Failure(`Stopped by ${signal}.`));
  });
}

try {
  const run = { temporaryFolder, signal: abort.signal, print };
  await (config ? readInstance(resolve(config), run) : readSimulator(run));
} catch (thrown) {
  process.exitCode = 1;
  console.error(`\n${thrown instanceof Failure ? thrown.message : String(thrown)}`);
  if (!killedBy) console.error(nextStep(config));
} finally {
  rmSync(temporaryFolder, { recursive: true, force: true });
}
if (killedBy) process.kill(process.pid, killedBy);
