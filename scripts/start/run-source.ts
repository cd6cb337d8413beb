// Runs a verb of the connector as a child process, the real executable, and hands over the lines it writes.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Failure } from './failure.ts';
import { linesOf } from './lines.ts';

const executable = join(import.meta.dirname, '..', '..', 'bin', 'source-metabase');
/** The connector ends within a few seconds of SIGTERM; one that does not is killed. */
const KILL_AFTER_MS = 10_000;

/** Lines of the verb's output. Throws Failure when its exit code is not 0; a signal ends it. */
export async function* runSource(args: readonly string[], signal: AbortSignal): AsyncGenerator<Buffer> {
  signal.throwIfAborted();
  const child = spawn(process.execPath, [executable, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const stop = () => void terminate(child);
  signal.addEventListener('abort', stop);
  try {
    yield* linesOf(child.stdout);
    const [code, killedBy] = await ended;
    signal.throwIfAborted();
    if (code !== 0)
      throw new Failure(`"source-metabase ${args[0] ?? ''}" ended with ${killedBy ?? `exit code ${code}`}.`);
  } finally {
    signal.removeEventListener('abort', stop);
    await terminate(child);
  }
}

async function terminate(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
  child.stdout?.resume();
  child.kill('SIGTERM');
  await once(child, 'exit');
  clearTimeout(timer);
}
