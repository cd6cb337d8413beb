// The code that the launcher keeps between runs: nothing but time depends on it.
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Ended, run, withCopy } from './command-line.ts';

const codeFolder = (folder: string): string => join(folder, 'dist', 'compiled', `${process.version}-${process.arch}`);

/** Calls back with a copy of the package in which nothing has run. */
function withFreshCopy(use: (folder: string, spec: () => Ended) => void): void {
  withCopy((folder) => {
    rmSync(join(folder, 'dist', 'compiled'), { recursive: true, force: true });
    use(folder, () => run(['spec'], { package: folder }));
  });
}

test('code is kept by verb, and says the same in the next run, which keeps it as it is', () => {
  withFreshCopy((folder, spec) => {
    const first = spec();
    expect(first.code).toBe(0);
    expect(readdirSync(codeFolder(folder))).toEqual(['spec']);
    const kept = readFileSync(join(codeFolder(folder), 'spec'));
    expect(spec()).toEqual(first);
    expect(readFileSync(join(codeFolder(folder), 'spec')).equals(kept)).toBe(true);
    run(['validate'], { package: folder });
    expect(readdirSync(codeFolder(folder))).toEqual(['spec', 'validate']);
  });
});

test.each([
  ['empty', () => Buffer.alloc(0)],
  ['no code', () => Buffer.from('[["cli.cjs",8]]\n12345678')],
  ['cut off', (code: Buffer) => code.subarray(0, code.length / 2)],
  ['of another version', (code: Buffer) => Buffer.from(code).fill(7, code.indexOf('\n') + 1, code.indexOf('\n') + 33)],
])('code that is %s is compiled again', (_what, broken) => {
  withFreshCopy((folder, spec) => {
    const first = spec();
    const path = join(codeFolder(folder), 'spec');
    const kept = readFileSync(path);
    writeFileSync(path, broken(kept));
    expect(spec()).toEqual(first);
    expect(readFileSync(path).length).toBe(kept.length);
  });
});

test('a run that failed keeps no code', () => {
  withFreshCopy((folder) => {
    expect(run(['spce'], { package: folder }).code).toBe(2);
    expect(existsSync(codeFolder(folder))).toBe(false);
  });
});

test('where code cannot be kept, nothing is said of it', () => {
  withFreshCopy((folder, spec) => {
    writeFileSync(join(folder, 'dist', 'compiled'), 'a file where the folder would be');
    expect(spec()).toMatchObject({ code: 0, stderr: '' });
    expect(spec()).toMatchObject({ code: 0, stderr: '' });
  });
});

test('where the bundle may not be written to, verbs run with the code that is there, or without', () => {
  withFreshCopy((folder, spec) => {
    const uid = process.getuid?.() === 0 ? 65_534 : undefined;
    chmodSync(folder, 0o755);
    const asOther = (): Ended => {
      chmodSync(join(folder, 'dist'), 0o555);
      const ended = run(['spec'], { package: folder, cwd: '/', uid });
      chmodSync(join(folder, 'dist'), 0o755);
      return ended;
    };
    const without = asOther();
    expect(without.code).toBe(0);
    expect(existsSync(codeFolder(folder))).toBe(false);
    expect(spec()).toEqual(without);
    expect(asOther()).toEqual(without);
  });
});

test('code is kept for either way of calling validate, and each finds the same', () => {
  withFreshCopy((folder) => {
    const [text, sarif, again] = ['text', 'sarif', 'text'].map((format) =>
      run(['validate', '--format', format], { package: folder }),
    );
    expect([text?.code, sarif?.code]).toEqual([0, 0]);
    expect(again).toEqual(text);
    const names = readFileSync(join(codeFolder(folder), 'validate'), 'latin1').split('\n')[0];
    expect(names).toMatch(/"text-\w+\.cjs".*"sarif-\w+\.cjs"/);
  });
});
