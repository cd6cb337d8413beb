// Bodies that several read.
import { readdirSync } from 'node:fs';
import { readdir, readlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { expect, test, vi } from 'vitest';
import { spool } from '../../engine/run/spool.ts';
import { all, chunks } from '../support/component.ts';

const MIB = 1024 * 1024;

/** So many chunks of 1 MiB, each of its own bytes. */
async function* mebibytes(count: number, failure?: Error): AsyncIterable<Uint8Array> {
  for (let index = 0; index < count; index += 1) yield await Promise.resolve(Buffer.alloc(MIB, index + 1));
  if (failure) throw failure;
}

async function bytesOf(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await all(body));
}

const inTemporaryFolder = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('source-'));

/** Files without a name that this process holds open. */
async function namelessFiles(): Promise<string[]> {
  const names = await readdir('/proc/self/fd');
  const targets = await Promise.all(names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')));
  return targets.filter((target) => target.includes('source-') && target.endsWith('(deleted)'));
}

test('a small body is kept in memory and read as often as one likes', async () => {
  const body = await spool(chunks('ab', 'cd'));
  expect(body.memoryBytes).toBe(4);
  expect((await bytesOf(body.read())).toString()).toBe('abcd');
  expect((await bytesOf(body.read())).toString()).toBe('abcd');
});

test('a large body stays in memory where no file can be made, as on a read-only root', async () => {
  vi.stubEnv('TMPDIR', '/nowhere');
  const body = await spool(mebibytes(6));
  expect(body.memoryBytes).toBe(6 * MIB);
  expect(await bytesOf(body.read())).toHaveLength(6 * MIB);
  expect(await bytesOf(body.read())).toHaveLength(6 * MIB);
  vi.unstubAllEnvs();
});

test('an empty body is an empty body', async () => {
  const body = await spool(chunks());
  expect([body.memoryBytes, await all(body.read())]).toEqual([0, []]);
});

test('a body of 4 MiB is kept in memory, a longer one in a file', async () => {
  const small = await spool(mebibytes(4));
  expect(small.memoryBytes).toBe(4 * MIB);
  const large = await spool(mebibytes(5));
  expect(large.memoryBytes).toBe(0);
  const expected = await bytesOf(mebibytes(5));
  expect((await bytesOf(large.read())).equals(expected)).toBe(true);
  await large.close();
});

test('several read a file at once, each at its own pace', async () => {
  const body = await spool(mebibytes(5));
  const slow = body.read()[Symbol.asyncIterator]();
  const first = (await slow.next()).value as Uint8Array;
  const [one, two] = await Promise.all([bytesOf(body.read()), bytesOf(body.read())]);
  const rest: Uint8Array[] = [];
  for (let next = await slow.next(); next.done !== true; next = await slow.next()) rest.push(next.value);
  expect(one.equals(two)).toBe(true);
  expect(Buffer.concat([first, ...rest]).equals(one)).toBe(true);
  await body.close();
});

test('the file has no name, and is gone when it is closed', async () => {
  const names = inTemporaryFolder();
  const body = await spool(mebibytes(5));
  expect(inTemporaryFolder()).toEqual(names);
  const open = process.platform === 'linux' ? await namelessFiles() : [];
  await body.close();
  if (process.platform === 'linux') expect(open).toHaveLength((await namelessFiles()).length + 1);
});

test('a body that breaks off leaves nothing behind', async () => {
  const before = process.platform === 'linux' ? await namelessFiles() : [];
  await expect(spool(mebibytes(5, new Error('cut')))).rejects.toThrow('cut');
  if (process.platform === 'linux') expect(await namelessFiles()).toEqual(before);
  await expect(spool(mebibytes(1, new Error('cut')))).rejects.toThrow('cut');
});

test.each([1, 5])('a body of %d MiB that has been closed is not taken for an empty one', async (size) => {
  const body = await spool(mebibytes(size));
  await body.close();
  expect(() => body.read()).toThrow('closed');
});
