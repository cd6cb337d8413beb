// docs/tutorial.md is done as it is written: its commands run, its files are written, and what it shows is what comes.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/tutorial.md'), 'utf8');

interface Block {
  /** `sh`, `yaml file=streams/books.yaml` or the like. */
  head: string;
  text: string;
}

const blocks: Block[] = [...page.matchAll(/^```(\S.*)\n([^]*?)^```$/gm)].map(([, head = '', text = '']) => ({
  head,
  text,
}));

/** Looks for the lines of a text in an output, in their order; "…" stands for anything. */
function lacking(expected: string, output: string): string[] {
  let rest = output;
  return expected.split('\n').filter((line) => {
    const words = line.replace(/…$/, '');
    const at = rest.indexOf(words);
    if (at !== -1) rest = rest.slice(at + words.length);
    return at === -1;
  });
}

/** Opens the book shop where there is a free port. */
async function openShop(command: string): Promise<{ port: string; greeting: string; close: () => void }> {
  const [program = '', ...args] = command.trim().split(' ');
  expect(program).toBe('node');
  const shop = spawn(process.execPath, [...args, '0'], { cwd: root });
  const greeting = await new Promise<string>((resolve) => {
    shop.stdout.once('data', (data: Buffer) => resolve(data.toString()));
  });
  return { port: /:(\d+)\//.exec(greeting)?.[1] ?? '', greeting, close: () => void shop.kill() };
}

test('every step of the tutorial does what the page says', { timeout: 300_000 }, async () => {
  const server = blocks.find(({ head }) => head === 'sh background');
  const shop = await openShop(server?.text ?? '');
  const start = mkdtempSync(join(tmpdir(), 'tutorial-'));
  const env = { ...process.env, PATH: `${join(root, 'bin')}:${process.env['PATH'] ?? ''}` };
  let folder = start;
  let output = shop.greeting;
  const here = (text: string): string => text.replaceAll('127.0.0.1:4010', `127.0.0.1:${shop.port}`);
  try {
    for (const { head, text } of blocks) {
      const [, file] = /^\w+ file=(\S+)$/.exec(head) ?? [];
      if (file !== undefined) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), text);
      } else if (head === 'sh' || head === 'sh fails') {
        const script = `${here(text)}\nstatus=$?; pwd > ${start}/folder; exit $status`;
        const ended = spawnSync('bash', [head === 'sh' ? '-ec' : '-c', script], { cwd: folder, env, encoding: 'utf8' });
        output = ended.stdout + ended.stderr;
        expect(ended.status, `${text}${output}`).toBe(head === 'sh' ? 0 : 1);
        folder = readFileSync(join(start, 'folder'), 'utf8').trim();
      } else if (head === 'text') expect(lacking(here(text.trimEnd()), output), output).toEqual([]);
      else expect(['sh not-run', 'sh background']).toContain(head);
    }
  } finally {
    shop.close();
    rmSync(start, { recursive: true });
  }
});
