// The simulator as a command.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';

const main = new URL('main.ts', import.meta.url).pathname;

test('says where it is, what was asked since the last SIGUSR2, and ends by SIGTERM', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', main], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value as string) as Record<string, unknown>;

  const { url } = (await next()) as { url: string };
  await fetch(`${url}/api/session/properties`);
  await fetch(`${url}/api/card?f=mine`);
  child.kill('SIGUSR2');
  expect(await next()).toEqual({ requests: ['GET /api/session/properties', 'GET /api/card?f=mine'] });
  child.kill('SIGUSR2');
  expect(await next()).toEqual({ requests: [] });
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
