// What goes to stdout, and when.
import { Writable } from 'node:stream';
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { createByteWriter } from '../../engine/protocol/byte-writer.ts';
import { connectionStatus, log, state } from '../../engine/protocol/messages.ts';
import { createRedactor } from '../../engine/protocol/redact.ts';
import { createWriter } from '../../engine/protocol/writer.ts';
import { settle } from '../support/turns.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** A stream whose reader takes what was written when it is told to. */
function pipe(highWaterMark = 1) {
  const writes: Buffer[] = [];
  const taken: (() => void)[] = [];
  const stream = new Writable({
    highWaterMark,
    write(chunk: Buffer, _encoding, done) {
      // A copy: the writer fills its buffers again.
      writes.push(Buffer.from(chunk));
      taken.push(done);
    },
  });
  stream.on('error', () => undefined);
  return { stream, writes, text: () => Buffer.concat(writes).toString(), take: () => taken.shift()?.() };
}

/** Tells whether a promise has been settled. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  promise.then(
    () => (settled = true),
    () => (settled = true),
  );
  await settle();
  return settled;
}

const LINE = Buffer.from(`${'x'.repeat(1023)}\n`);

test('a message is one line, written at once', async () => {
  const { stream, text } = pipe(1000);
  await createWriter(stream, createRedactor()).write(log('INFO', 'two\nlines'));
  expect(text()).toBe('{"type":"LOG","log":{"level":"INFO","message":"two\\nlines"}}\n');
});

test('records are gathered into large writes', async () => {
  const { stream, writes } = pipe(1_000_000);
  const writer = createByteWriter(stream);
  for (let count = 0; count < 64; count += 1) expect(writer.write([LINE])).toBeUndefined();
  expect(writes).toEqual([]);
  await writer.write([LINE]);
  expect(writes.map(({ length }) => length)).toEqual([64 * 1024]);
});

test('lines come whole and in order, whatever the lengths of their pieces', async () => {
  const lengths = fc.array(fc.oneof(fc.nat(9), fc.nat(200_000)), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(fc.array(lengths, { maxLength: 9 }), async (lines) => {
      const { stream, text, take } = pipe(1_000_000);
      const writer = createByteWriter(stream);
      const bytes = lines.flat().map((length, index) => Buffer.alloc(length, 97 + (index % 26)));
      const pieces = [...bytes];
      void Promise.all(lines.map(async (line) => writer.write(pieces.splice(0, line.length))));
      void writer.flush();
      while (stream.writableLength > 0) {
        take();
        await settle();
      }
      expect(text() === Buffer.concat(bytes).toString()).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('a message comes after the records that were written before it', async () => {
  const { stream, text } = pipe(1000);
  const writer = createWriter(stream, createRedactor());
  await writer.records('users')(Buffer.from('{"id":1}'), 2);
  await writer.write(state('users', 1));
  expect(text()).toMatch(/^\{"type":"RECORD",.*"data":\{"id":1\},"emitted_at":2\}\}\n\{"type":"STATE"/);
});

test('flush writes what is left, and nothing when nothing is', async () => {
  const { stream, writes } = pipe(1_000_000);
  const writer = createByteWriter(stream);
  await writer.write([LINE]);
  await writer.flush();
  await writer.flush();
  expect(writes).toHaveLength(1);
});

test('a reader that is slow is waited for', async () => {
  const { stream, take } = pipe();
  const writing = createWriter(stream, createRedactor()).write(log('INFO', 'a'));
  expect(await isSettled(writing)).toBe(false);
  take();
  expect(await isSettled(writing)).toBe(true);
});

test('what is written by several at once comes in order, and whole', async () => {
  const { stream, take, text } = pipe();
  const writer = createWriter(stream, createRedactor());
  const writing = ['a', 'b', 'c'].map((message) => writer.write(log('INFO', message)));
  while (!(await isSettled(Promise.all(writing)))) take();
  expect(text().match(/"message":"\w"/g)).toEqual(['"message":"a"', '"message":"b"', '"message":"c"']);
});

test('a reader that goes away while it is waited for ends the wait, and nothing more is written', async () => {
  const { stream, writes } = pipe();
  const writer = createWriter(stream, createRedactor());
  const writing = writer.write(log('INFO', 'a'));
  await settle();
  stream.destroy(new Error('EPIPE'));
  expect(await isSettled(writing)).toBe(true);
  await writer.write(log('INFO', 'b'));
  expect(writes).toHaveLength(1);
});

test('many streams that wait for a slow reader cause no warning', async () => {
  const warnings: Error[] = [];
  const warn = (warning: Error): number => warnings.push(warning);
  process.on('warning', warn);
  const { stream, take } = pipe();
  const writer = createWriter(stream, createRedactor(), new AbortController().signal);
  const writing: Promise<void>[] = [];
  for (let index = 0; index < 30; index += 1) {
    writing.push(writer.write(log('INFO', `${index}`)));
    await settle();
  }
  while (!(await isSettled(Promise.all(writing)))) take();
  process.off('warning', warn);
  expect(warnings).toEqual([]);
});

test('once the sync is stopped a reader that does not read is waited for a second, and then no more', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const stop = new AbortController();
  const { stream } = pipe();
  const writer = createWriter(stream, createRedactor(), stop.signal);
  const writing = writer.write(log('INFO', 'a'));
  stop.abort();
  vi.advanceTimersByTime(999);
  expect(await isSettled(writing)).toBe(false);
  vi.advanceTimersByTime(1);
  expect(await isSettled(writing)).toBe(true);
  expect(await isSettled(writer.write(log('INFO', 'b')))).toBe(true);
});

test('what people read is redacted; records and states are not', async () => {
  const { stream, text, take } = pipe(10_000);
  const redactor = createRedactor();
  redactor.add('S3CRET');
  const writer = createWriter(stream, redactor);
  await writer.write(log('INFO', 'S3CRET'));
  await writer.write(connectionStatus('FAILED', 'with S3CRET in it'));
  await writer.write(state('S3CRET', 1));
  await writer.records('users')(Buffer.from('"S3CRET"'), 2);
  await writer.flush();
  for (let count = 0; count < 4; count += 1) {
    take();
    await settle();
  }
  const lines = text().split('\n');
  expect(lines.map((line) => line.includes('S3CRET'))).toEqual([false, false, true, true, false]);
});
