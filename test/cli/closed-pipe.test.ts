// A reader that goes away before it has read everything, such as `head`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const executable = join(import.meta.dirname, '..', '..', 'bin', 'source-metabase');

test.each(['spec', 'discover --all', 'validate'])(
  '%s ends without a complaint when its reader goes away',
  async (line) => {
    const program = spawn(executable, line.split(' '), { stdio: ['ignore', 'pipe', 'pipe'] });
    program.stdout.destroy();
    let complaints = '';
    program.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
    const [exitCode] = (await once(program, 'close')) as [number | null];
    expect([exitCode, complaints]).toEqual([0, '']);
  },
);
