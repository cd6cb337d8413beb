// Runs the real executable and collects what it writes.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');
const executable = join(root, 'bin', 'source-metabase');

export interface RunOptions {
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  cwd: string;
  closeAfterLines?: number | undefined;
  /** As the first process of a namespace of its own, as in a container. */
  isPid1?: boolean | undefined;
}

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  seconds: number;
}

export interface Running {
  ended: Promise<Ended>;
  kill: (signal: NodeJS.Signals) => void;
}

/** One that does not end is killed, so that its case fails with what it has written. */
const KILL_AFTER_MS = 45_000;

/** The process that `unshare` started: signals are for it. */
function childOf({ pid = 0 }: ChildProcess): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim());
}

/** Throws an Error that says what to do when there is no bundle. */
export function checkBuilt(): void {
  if (existsSync(join(root, 'dist', 'cli.cjs'))) return;
  throw new Error('There is no dist/cli.cjs, which these tests run: run "npm run build".');
}

export function runExecutable({ args, env, cwd, closeAfterLines, isPid1 = false }: RunOptions): Running {
  const startedAt = performance.now();
  const command = [process.execPath, executable, ...args];
  const [file = '', ...rest] = isPid1
    ? ['unshare', '--user', '--map-root-user', '--pid', '--fork', ...command]
    : command;
  const child = spawn(file, rest, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  let lines = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    output.stdout.push(chunk);
    lines += chunk.toString('latin1').split('\n').length - 1;
    if (closeAfterLines !== undefined && lines >= closeAfterLines) child.stdout.destroy();
  });
  child.stderr.on('data', (chunk: Buffer) => output.stderr.push(chunk));
  const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);

  async function end(): Promise<Ended> {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    clearTimeout(timer);
    return {
      code,
      signal,
      stdout: Buffer.concat(output.stdout).toString(),
      stderr: Buffer.concat(output.stderr).toString(),
      seconds: (performance.now() - startedAt) / 1000,
    };
  }
  return {
    ended: end(),
    kill: (signal) => {
      if (isPid1) process.kill(childOf(child), signal);
      else child.kill(signal);
    },
  };
}
