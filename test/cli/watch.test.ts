// What runs again at every save.
import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runAtSaves } from '../../bin/cli/watch.ts';
import { whileFiles } from '../support/files.ts';

interface Watched {
  folder: string;
  /** Resolves with the run of this number, counted from 1, once it has begun. */
  begun: (number: number) => Promise<void>;
  count: () => number;
}

/** Watches files of a folder while `use` saves them; `during` is what a run does. */
function watching(
  names: readonly string[],
  use: (watched: Watched) => Promise<void>,
  during: (folder: string) => void = () => undefined,
): Promise<void> {
  return whileFiles({ 'a.yaml': '1', 'sub/b.json': '2', 'other.yaml': '3' }, async (folder) => {
    const abort = new AbortController();
    let runs = 0;
    const waiting = new Map<number, () => void>();
    const ended = runAtSaves({
      files: () => names.map((name) => join(folder, name)),
      run: () => {
        runs += 1;
        waiting.get(runs)?.();
        during(folder);
      },
      signal: abort.signal,
    });
    const begun = (number: number): Promise<void> =>
      new Promise((resolve) => (runs >= number ? resolve() : waiting.set(number, resolve)));
    await use({ folder, begun, count: () => runs });
    abort.abort();
    await ended;
  });
}

test('it runs at once, and again after every save', async () => {
  await watching(['a.yaml', 'sub/b.json'], async ({ folder, begun }) => {
    await begun(1);
    appendFileSync(join(folder, 'a.yaml'), '1');
    await begun(2);
    appendFileSync(join(folder, 'sub/b.json'), '2');
    await begun(3);
  });
});

test('a save that renames another file into place counts', async () => {
  await watching(['a.yaml'], async ({ folder, begun }) => {
    for (const run of [2, 3]) {
      writeFileSync(join(folder, 'a.yaml.tmp'), 'new');
      renameSync(join(folder, 'a.yaml.tmp'), join(folder, 'a.yaml'));
      await begun(run);
    }
  });
});

test('files that are not asked for do not count, and many events are one run', async () => {
  await watching(['a.yaml'], async ({ folder, begun, count }) => {
    await begun(1);
    appendFileSync(join(folder, 'other.yaml'), '3');
    for (let save = 0; save < 20; save += 1) appendFileSync(join(folder, 'a.yaml'), '1');
    await begun(2);
    expect(count()).toBe(2);
  });
});

test('what is saved during a run gets one more run', async () => {
  let isFirst = true;
  const during = (folder: string): void => {
    if (isFirst) appendFileSync(join(folder, 'a.yaml'), '1');
    isFirst = false;
  };
  await watching(['a.yaml'], async ({ begun }) => begun(2), during);
});

test('a folder that is not there is no error', async () => {
  await watching(['nowhere/a.yaml', 'a.yaml'], async ({ folder, begun }) => {
    appendFileSync(join(folder, 'a.yaml'), '1');
    await begun(2);
  });
});

test('a run that fails ends the watch with its error', async () => {
  const failing = runAtSaves({
    files: () => [],
    run: () => Promise.reject(new Error('broken')),
    signal: new AbortController().signal,
  });
  await expect(failing).rejects.toThrow('broken');
});
