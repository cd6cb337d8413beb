// docs/tutorial.md is done as it is written: its commands run, its files are written, and what it shows is what comes.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { blocksOf, walk } from './walk.ts';

const root = resolve(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/tutorial.md'), 'utf8');

/** Opens the book shop where there is a free port. */
async function openShop(): Promise<{ port: string; greeting: string; close: () => void }> {
  const command = blocksOf(page).find(({ head }) => head === 'sh background')?.text ?? '';
  const [program = '', ...args] = command.trim().split(' ');
  expect(program).toBe('node');
  const shop = spawn(process.execPath, [...args, '0'], { cwd: root });
  const greeting = await new Promise<string>((resolve) => {
    shop.stdout.once('data', (data: Buffer) => resolve(data.toString()));
  });
  return { port: /:(\d+)\//.exec(greeting)?.[1] ?? '', greeting, close: () => void shop.kill() };
}

test('every step of the tutorial does what the page says', { timeout: 300_000 }, async () => {
  const shop = await openShop();
  const folder = mkdtempSync(join(tmpdir(), 'tutorial-'));
  const here = (text: string): string => text.replaceAll('127.0.0.1:4010', `127.0.0.1:${shop.port}`);
  try {
    await walk(page, { folder, bin: join(root, 'bin'), here, output: shop.greeting });
  } finally {
    shop.close();
    rmSync(folder, { recursive: true });
  }
});
