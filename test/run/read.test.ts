// What a read writes, message by message; and what a check does.
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { Retriever, Source, Stream } from '../../engine/components/kinds.ts';
import { ConfigError, SystemError } from '../../engine/errors.ts';
import { createRedactor } from '../../engine/protocol/redact.ts';
import { createWriter } from '../../engine/protocol/writer.ts';
import { checkSource } from '../../engine/run/check.ts';
import { createMonitor } from '../../engine/run/monitor.ts';
import { readAll } from '../../engine/run/read.ts';
import { type Row, rowOf } from '../../engine/text/row.ts';
import { NOON } from '../support/sender.ts';

/** Rows as texts; an Error among them ends the stream. */
type Rows = readonly (string | Error | (() => void))[];

function retrieverOf(rows: Rows, onRow: () => void = () => undefined): Retriever {
  return {
    isOffered: () => Promise.resolve(true),
    async *partitions() {
      yield await Promise.resolve({ values: {}, extraFields: {} });
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- an async generator
    retrieve: async () =>
      (async function* (): AsyncIterable<Row> {
        for (const row of rows) {
          await Promise.resolve();
          onRow();
          if (row instanceof Error) throw row;
          if (typeof row === 'function') row();
          else yield rowOf(Buffer.from(row));
        }
      })(),
  };
}

const streamOf = (name: string, retriever: Retriever): Stream => ({
  name,
  primaryKey: [],
  schema: () => Promise.resolve({}),
  retriever,
});

interface Line {
  type: string;
  log?: { message: string };
  record?: { stream: string };
  state?: { stream: { stream_descriptor: { name: string } }; sourceStats: { recordCount: number } };
  trace?: {
    error?: { message: string; failure_type: string; stream_descriptor: { name: string } };
    stream_status?: { stream_descriptor: { name: string }; status: string };
  };
}

/** A line in short: `stream WHAT`. */
function short({ type, log, record, state, trace }: Line): string {
  if (log) return log.message;
  if (record) return `${record.stream} RECORD`;
  if (state) return `${state.stream.stream_descriptor.name} STATE ${state.sourceStats.recordCount}`;
  if (trace?.error) return `${trace.error.stream_descriptor.name} ${trace.error.failure_type}: ${trace.error.message}`;
  return `${trace?.stream_status?.stream_descriptor.name ?? type} ${trace?.stream_status?.status ?? ''}`;
}

async function read(
  streams: Record<string, Rows>,
  { msPerRow = 0, signal }: { msPerRow?: number; signal?: AbortSignal } = {},
) {
  let now = NOON;
  const stdout = new PassThrough();
  const written = text(stdout);
  const writer = createWriter(stdout, createRedactor());
  const monitor = createMonitor(() => undefined);
  let thrown: unknown;
  await readAll({
    streams: Object.entries(streams).map(([name, rows]) =>
      streamOf(
        name,
        retrieverOf(rows, () => (now += msPerRow)),
      ),
    ),
    stateOf: () => undefined,
    concurrency: 2,
    writer,
    now: () => now,
    countsOf: (stream) => (stream === 'troubled' ? { retries: 2, skipped: 1 } : monitor.countsOf(stream)),
    ended: monitor.ended,
    signal,
  }).catch((error: unknown) => (thrown = error));
  await writer.flush();
  stdout.end();
  const output = await written;
  const lines = output
    .split('\n')
    .slice(0, -1)
    .map((line) => short(JSON.parse(line) as Line));
  return { lines, thrown, output, of: (name: string) => lines.filter((line) => line.startsWith(name)) };
}

test('a stream starts, runs with its first record, and is complete after its state', async () => {
  const { lines } = await read({ users: ['{"id":1}', '{"id":2}'] });
  expect(lines).toEqual([
    'users: started.',
    'users STARTED',
    'users RUNNING',
    'users RECORD',
    'users RECORD',
    'users STATE 2',
    'users COMPLETE',
    'users: 2 records, 0.0 MB.',
  ]);
});

test('a stream without records is complete without having run', async () => {
  const { lines } = await read({ users: [] });
  expect(lines).toEqual([
    'users: started.',
    'users STARTED',
    'users STATE 0',
    'users COMPLETE',
    'users: 0 records, 0.0 MB.',
  ]);
});

test('records are written byte for byte', async () => {
  const record = String.raw`{"a":1.10,"a":12345678901234567890,"b":"\u00e9","c": null}`;
  const { output } = await read({ users: [record] });
  expect(output).toContain(`{"type":"RECORD","record":{"stream":"users","data":${record},"emitted_at":${NOON}}}\n`);
});

test('a stream that fails is incomplete with its error and without a state, and the others are complete', async () => {
  const { of, thrown } = await read({
    bad: ['{"id":1}', new ConfigError('No rights.')],
    good: ['{"id":1}'],
    worse: [new TypeError('x is not a function')],
  });
  expect(of('bad')).toEqual([
    'bad: started.',
    'bad STARTED',
    'bad RUNNING',
    'bad RECORD',
    'bad config_error: No rights.',
    'bad INCOMPLETE',
    'bad: broke off after 1 record, 0.0 MB.',
  ]);
  expect(of('good')).toContain('good COMPLETE');
  expect(of('worse')).toContain('worse system_error: Something went wrong inside the engine: x is not a function');
  expect(thrown).toEqual(
    new SystemError('Not every stream could be read. Incomplete: bad, worse. The errors above say why.'),
  );
});

test('a long read tells its progress every ten seconds of the clock', async () => {
  const rows = Array.from({ length: 30 }, () => `{"pad":"${'x'.repeat(100_000)}"}`);
  const { of } = await read({ users: rows }, { msPerRow: 1000 });
  expect(of('users:')).toEqual([
    'users: started.',
    'users: 10 records, 1.0 MB so far, 0.1 MB/s.',
    'users: 20 records, 2.0 MB so far, 0.1 MB/s.',
    'users: 30 records, 3.0 MB so far, 0.1 MB/s.',
    'users: 30 records, 3.0 MB.',
  ]);
});

test('the last line counts retries and what was left out', async () => {
  const { lines } = await read({ troubled: ['{}'] });
  expect(lines.at(-1)).toBe('troubled: 1 record, 0.0 MB, 2 retries, 1 request left out.');
});

test('a stop makes every stream that is not complete incomplete, and is what is thrown', async () => {
  const abort = new AbortController();
  const stopped = new SystemError('Stopped.');
  const stop = (): void => abort.abort(stopped);
  const { of, thrown } = await read(
    { users: ['{}', stop, '{}'], slow: Array.from({ length: 50 }, () => () => undefined) },
    { signal: abort.signal },
  );
  expect(of('users').slice(-2)).toEqual(['users INCOMPLETE', 'users: broke off after 1 record, 0.0 MB.']);
  expect(of('slow')).toContain('slow INCOMPLETE');
  expect(thrown).toBe(stopped);
});

test('nothing to read is nothing to write', async () => {
  expect(await read({})).toMatchObject({ lines: [], thrown: undefined });
});

function sourceOf(streams: Record<string, Rows>, names = Object.keys(streams)): Source {
  return {
    streamNames: Object.keys(streams),
    stream: (name) => (streams[name] ? streamOf(name, retrieverOf(streams[name])) : undefined),
    dynamicStreams: () => [],
    check: { streamNames: names, successMessage: (record) => `Hello ${String(record['name'])}` },
  };
}

test('a check reads one record of each stream, and tells of the last one', async () => {
  const tooFar = new Error('read too far');
  const source = sourceOf({ one: ['{"name":"Ada"}', tooFar], two: ['{"name":"Bob"}', tooFar] });
  expect(await checkSource(source)).toBe('Hello Bob');
});

test('a check without a record has nothing to tell', async () => {
  expect(await checkSource(sourceOf({ one: [] }))).toBeUndefined();
  expect(await checkSource(sourceOf({}))).toBeUndefined();
});

test('a check fails with the first stream that does', async () => {
  const denied = new ConfigError('Denied.');
  await expect(checkSource(sourceOf({ one: [denied], two: [] }))).rejects.toBe(denied);
  await expect(checkSource(sourceOf({}, ['three']))).rejects.toThrow('"three", which it does not have');
});

test('a monitor counts each stream for itself and passes on rate limits', () => {
  const told: unknown[] = [];
  const monitor = createMonitor((...args) => told.push(args));
  monitor.retried('a');
  monitor.retried('a');
  monitor.skipped('b');
  monitor.rateLimited('a', NOON);
  expect([monitor.countsOf('a'), monitor.countsOf('b'), monitor.countsOf('c')]).toEqual([
    { retries: 2, skipped: 0 },
    { retries: 0, skipped: 1 },
    { retries: 0, skipped: 0 },
  ]);
  expect(told).toEqual([['a', NOON]]);
});
