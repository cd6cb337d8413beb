// Does what a page says, step by step: commands run in a shell, files are written, and what is shown as their output has to come.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';

export interface WalkOptions {
  /** Where it begins; `cd` moves on. */
  folder: string;
  /** Folder of programs. */
  bin: string;
  /** What a text of the page is here, such as with another port. */
  here: (text: string) => string;
  /** What has been printed before the first step. */
  output?: string;
}

interface Block {
  /** `sh`, `yaml file=streams/books.yaml` or the like. */
  readonly head: string;
  readonly text: string;
}

export const blocksOf = (page: string): Block[] =>
  [...page.matchAll(/^```(\S.*)\n([^]*?)^```$/gm)].map(([, head = '', text = '']) => ({ head, text }));

/** The lines of a text that an output has not, in their order; "…" stands for anything. */
function lacking(expected: string, output: string): string[] {
  let rest = output;
  return expected.split('\n').filter((line) => {
    const words = line.replace(/…$/, '');
    const at = rest.indexOf(words);
    if (at !== -1) rest = rest.slice(at + words.length);
    return at === -1;
  });
}

interface Ended {
  code: number;
  output: string;
}

const inBash = (script: string, { cwd, bin }: { cwd: string; bin: string }): Promise<Ended> =>
  new Promise((resolve) => {
    const env = { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}` };
    const child = execFile('bash', ['-c', script], { cwd, env }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, output: stdout + stderr }),
    );
  });

/** Blocks of `sh` have to end well, those of `sh fails` badly; `sh background` and `sh not-run` are the caller's business. */
export async function walk(page: string, { folder: start, bin, here, output = '' }: WalkOptions): Promise<void> {
  let folder = start;
  let printed = output;
  const place = join(start, '.place');
  for (const { head, text } of blocksOf(page)) {
    const [, file] = /^\w+ file=(\S+)$/.exec(head) ?? [];
    if (file !== undefined) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    } else if (head === 'sh' || head === 'sh fails') {
      const strictly = head === 'sh' ? 'set -e\n' : '';
      const script = `${strictly}${here(text)}\nstatus=$?; pwd > '${place}'; exit $status`;
      const ended = await inBash(script, { cwd: folder, bin });
      printed = ended.output;
      expect(ended.code, `${text}${printed}`).toBe(head === 'sh' ? 0 : 1);
      folder = readFileSync(place, 'utf8').trim();
    } else if (head === 'text') expect(lacking(here(text.trimEnd()), printed), printed).toEqual([]);
    else expect(['sh not-run', 'sh background']).toContain(head);
  }
}
