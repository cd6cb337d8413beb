// The simulated Metabase as a process of its own, so that its work is not counted with that of the programs measured.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const main = join(import.meta.dirname, '..', '..', 'test', 'metabase', 'main.ts');

/** Options of the simulator's command line. */
export type World = Readonly<Record<string, string | number>>;

export interface Simulator {
  readonly apiUrl: string;
  readonly username: string;
  readonly password: string;
  /** Method and path of what was asked since the last call. */
  requests: () => Promise<string[]>;
  close: () => Promise<void>;
}

export async function startSimulator(world: World, signal: AbortSignal): Promise<Simulator> {
  signal.throwIfAborted();
  const options = Object.entries(world).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => {
    const line = await lines.next();
    if (line.done) throw new Error('The simulator ended by itself.');
    return JSON.parse(line.value) as unknown;
  };
  const kill = () => void child.kill('SIGKILL');
  signal.addEventListener('abort', kill);

  const { apiUrl, username, password } = (await next()) as Simulator;
  return {
    apiUrl,
    username,
    password,
    requests: async () => {
      child.kill('SIGUSR2');
      return ((await next()) as { requests: string[] }).requests;
    },
    close: async () => {
      signal.removeEventListener('abort', kill);
      child.kill('SIGTERM');
      await exited;
    },
  };
}
