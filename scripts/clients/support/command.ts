// Runs commands for a client, and tells which ones the machine has.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Work } from '../client.ts';

/** Root of the repository. */
export const root = join(import.meta.dirname, '..', '..', '..');

/** The executable, built. */
export const executable = join(root, 'bin', 'source-metabase');

export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  cwd?: string;
  /** On top of the environment of this process; undefined takes a name out. */
  env?: Readonly<Record<string, string | undefined>>;
  /** What it reads from its standard input; nothing unless told. */
  input?: string;
  timeoutMs?: number;
}

const TIMEOUT_MS = 15 * 60_000;

/** Runs a command to its end, in the folder of the client unless `cwd` says otherwise. Throws when it cannot be started. */
export async function run(
  work: Work,
  [file = '', ...args]: readonly string[],
  options: CommandOptions = {},
): Promise<Ended> {
  const { cwd = work.folder, env = {}, input = '', timeoutMs = TIMEOUT_MS } = options;
  const signal = AbortSignal.any([work.signal, AbortSignal.timeout(timeoutMs)]);
  const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, signal });
  const code = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  // One that ends without reading its input is told by its exit code.
  child.stdin.on('error', () => undefined).end(input);
  const [ended, stdout, stderr] = await Promise.all([code, text(child.stdout), text(child.stderr)]);
  return { code: ended, stdout, stderr };
}

/** Runs a command that has to end with exit code 0, and returns what it printed. Throws with all of its output. */
export async function mustRun(work: Work, command: readonly string[], options?: CommandOptions): Promise<string> {
  const { code, stdout, stderr } = await run(work, command, options);
  if (code === 0) return stdout;
  throw new Error(`${command.join(' ')}\nended with ${code ?? 'a signal'}:\n${stdout}${stderr}`);
}

/** True when a command of this name, or at this path, can be run. */
export function isInstalled(command: string): boolean {
  const folders = command.includes('/') ? [''] : (process.env['PATH'] ?? '').split(delimiter);
  return folders.some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
