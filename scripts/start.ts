// `npm start`: `sync` of every stream into out/ of the current folder, through the real executable. Reads a simulated Metabase, or
// with CONFIG=path the instance that a config names.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startMetabase } from '../test/metabase/serve.ts';

const executable = join(import.meta.dirname, '..', 'bin', 'source-metabase');
const print = (line: string): void => console.log(line);

let killedBy: NodeJS.Signals | undefined;

/** Runs `sync`, and hands signals on to it. Returns whether all streams are complete. */
async function sync(config: string): Promise<boolean> {
  const child = spawn(process.execPath, [executable, 'sync', '--config', config, '--to', 'out'], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      killedBy = signal;
      child.kill(signal);
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return code === 0;
}

/** Reads the instance of the user's config. */
async function readInstance(config: string): Promise<boolean> {
  if (!existsSync(config)) {
    console.error(`There is no file ${config}. CONFIG has to name a config file.`);
    return false;
  }
  print(`Reading the instance of ${config}.`);
  const isComplete = await sync(config);
  if (!isComplete && !killedBy) {
    console.error('\nCorrect that, then run it again: CONFIG=path/to/config.json npm start');
  }
  return isComplete;
}

/** Reads a Metabase that is started for it on loopback. */
async function readSimulator(): Promise<boolean> {
  const simulator = await startMetabase({ size: 'small' });
  const folder = mkdtempSync(join(tmpdir(), 'source-metabase-'));
  try {
    const config = join(folder, 'config.json');
    writeFileSync(config, JSON.stringify({ instance_api_url: simulator.apiUrl, ...simulator.credentials.admin }));
    print(`Reading the simulated Metabase at ${simulator.url}.`);
    const isComplete = await sync(config);
    if (isComplete) {
      print(`The simulator answered ${simulator.log.length} requests.`);
      print('To read your own Metabase: CONFIG=path/to/config.json npm start');
    } else if (!killedBy) {
      console.error(
        '\nRun "npm run build", then "npm start" again. If it fails again, report it with the lines above.',
      );
    }
    return isComplete;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await simulator.close();
  }
}

const { CONFIG: config } = process.env;
const isComplete = await (config ? readInstance(resolve(config)) : readSimulator());
if (!isComplete) process.exitCode = 1;
if (killedBy) process.kill(process.pid, killedBy);
