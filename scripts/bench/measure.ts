// Runs one program as a whole process, and says what it took. bash times it, for Node does not tell the CPU time of a child.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export interface Command {
  readonly line: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Measured {
  readonly wallS: number;
  readonly cpuS: number;
  /** Undefined where the hook was not loaded. */
  readonly peakMib: number | undefined;
  readonly exitCode: number;
  readonly outputLines: number;
  readonly outputBytes: number;
  readonly stderr: string;
}

// The output goes through a pipe that is read to its end. `time` is inside of it: what reads the pipe is not counted.
const SCRIPT = `
TIMEFORMAT='%3R %3U %3S'
{ time "$@" 2> "$BENCH_FOLDER/stderr"; echo "$?" >&2; } 2> "$BENCH_FOLDER/time" | wc -lc > "$BENCH_FOLDER/output"
`;

export async function measure({ line, env }: Command, temporary: string, signal: AbortSignal): Promise<Measured> {
  signal.throwIfAborted();
  const folder = mkdtempSync(join(temporary, 'run-'));
  const child = spawn('bash', ['-c', SCRIPT, 'bench', ...line], {
    env: { ...process.env, ...env, BENCH_FOLDER: folder, BENCH_PEAK: join(folder, 'peak') },
    stdio: 'ignore',
    // A group of its own, to be ended whole.
    detached: true,
  });
  const kill = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };
  signal.addEventListener('abort', kill);
  try {
    await once(child, 'exit');
    signal.throwIfAborted();
    const words = (name: string): string[] => readFileSync(join(folder, name), 'utf8').trim().split(/\s+/);
    const [wall, user, system, code] = words('time').map(Number);
    const [outputLines = 0, outputBytes = 0] = words('output').map(Number);
    return {
      wallS: wall ?? NaN,
      cpuS: (user ?? NaN) + (system ?? NaN),
      peakMib: existsSync(join(folder, 'peak')) ? Number(words('peak')[0]) / 1024 : undefined,
      exitCode: code ?? NaN,
      outputLines,
      outputBytes,
      stderr: readFileSync(join(folder, 'stderr'), 'utf8'),
    };
  } finally {
    signal.removeEventListener('abort', kill);
    rmSync(folder, { recursive: true });
  }
}
