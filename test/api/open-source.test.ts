// A source for programs, over a simulated Metabase on loopback.
import { afterEach, expect, test, vi } from 'vitest';
import { EngineError, openSource, readManifest, type SourceOptions, type SourceRecord } from '../../engine/index.ts';
import type { MetabaseOptions } from '../metabase/options.ts';
import { startMetabase, type Simulator } from '../metabase/serve.ts';
import { ownManifest } from '../../bin/cli/package-folder.ts';

const manifest = readManifest(ownManifest);
const started: Simulator[] = [];

afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(started.splice(0).map(({ close }) => close()));
});

async function openMetabase(options: MetabaseOptions = {}, more: Partial<SourceOptions> = {}) {
  const metabase = await startMetabase(options);
  started.push(metabase);
  const config = { instance_api_url: metabase.apiUrl, ...metabase.credentials.admin, ...more.config };
  const source = openSource({ manifest, ...more, config });
  const asked = () => metabase.log.map(({ method, path }) => `${method} ${path}`);
  return { metabase, source, asked };
}

async function all(records: AsyncIterable<SourceRecord>): Promise<SourceRecord[]> {
  const read: SourceRecord[] = [];
  for await (const record of records) read.push(record);
  return read;
}

const errorOf = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );

test('a stream is an async iterable of its records', async () => {
  const { source, asked } = await openMetabase({ cards: 12 });
  const records = await all(source.read('cards'));
  expect(records).toHaveLength(12);
  expect(records[0]?.data).toMatchObject({ id: expect.any(Number) as number, name: expect.any(String) as string });
  expect(asked().at(-1)).toBe('DELETE /api/session');
});

test('nothing is asked before a call, nor before the first record is asked for', async () => {
  const { source, asked } = await openMetabase();
  source.read('cards');
  expect(asked()).toEqual([]);
});

test('leaving the loop early closes the session and stops the requests', async () => {
  const { source, asked } = await openMetabase({ dashboards: 100 }, { config: { concurrency: 1 } });
  for await (const { data } of source.read('dashboards')) {
    expect(data['id']).toBeTypeOf('number');
    break;
  }
  const before = asked();
  expect(before.at(-1)).toBe('DELETE /api/session');
  expect(before.filter((request) => request.startsWith('GET /api/dashboard/')).length).toBeLessThan(20);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(asked()).toEqual(before);
});

test('records are requested no faster than they are taken', async () => {
  const { source, asked } = await openMetabase({ dashboards: 100 }, { config: { concurrency: 1 } });
  const records = source.read('dashboards');
  await records.next();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(asked().filter((request) => request.startsWith('GET /api/dashboard/')).length).toBeLessThan(20);
  await records.return();
});

test('reads that run side by side share a session and their replies; the last one closes it', async () => {
  const { source, metabase, asked } = await openMetabase();
  const [dashboards, cards] = await Promise.all([all(source.read('dashboards')), all(source.read('dashboard_cards'))]);
  expect([dashboards.length, cards.length]).toEqual([9, 29]);
  expect(metabase.counters).toMatchObject({ logins: 1, logouts: 1 });
  expect(new Set(asked()).size).toBe(asked().length);
});

test('one read that ends early leaves the others alone', async () => {
  const { source, metabase } = await openMetabase();
  const dashboards = source.read('dashboards');
  await dashboards.next();
  const [cards] = await Promise.all([all(source.read('cards')), dashboards.return()]);
  expect(cards).toHaveLength(48);
  expect(metabase.counters).toMatchObject({ logins: 1, logouts: 1 });
});

test('check says what there is to tell of the connection', async () => {
  const { source } = await openMetabase();
  expect(await source.check()).toMatch(/^Connected to Metabase v0.58/);
});

test('discover gives the streams that can be read, with schema, key and cursor', async () => {
  const { source } = await openMetabase({ edition: 'pro' });
  const streams = new Map((await source.discover()).map((stream) => [stream.name, stream]));
  expect(streams.get('cards')).toMatchObject({
    primaryKey: [['id']],
    jsonSchema: { type: 'object', properties: { id: { type: ['null', 'integer'] } } },
  });
  expect(streams.get('cards')).not.toHaveProperty('cursorField');
  expect(streams.get('view_log')?.cursorField).toBe('timestamp');
});

test('an error says whose problem it is, and not the password', async () => {
  const { source } = await openMetabase({}, { config: { password: 'not-the-right-one' } });
  const error = await errorOf(source.check());
  expect(error).toBeInstanceOf(EngineError);
  expect(error).toMatchObject({ name: 'ConfigError', failureType: 'config_error' });
  expect(JSON.stringify([error, (error as Error).message, (error as Error).stack])).not.toContain('not-the-right-one');
});

test('a config that does not fit is an error of the first call, and of the next one too', async () => {
  const source = openSource({ manifest, config: {} });
  for (const call of [source.check(), source.discover(), source.read('cards').next()]) {
    expect(await errorOf(call)).toMatchObject({ failureType: 'config_error' });
  }
});

test('a stream that there is not is an error that names the others', async () => {
  const { source } = await openMetabase();
  const error = await errorOf(all(source.read('crads')));
  expect((error as Error).message).toMatch(/^There is no stream "crads"\..*cards, dashboards/);
});

test('an error comes after the records before it', async () => {
  const fault = { match: { path: /^\/api\/dashboard\/\d+/ }, after: 4, do: { status: 400 } };
  const { source, metabase } = await openMetabase({ faults: [fault] }, { config: { concurrency: 1 } });
  const read: SourceRecord[] = [];
  const reading = (async () => {
    for await (const record of source.read('dashboards')) read.push(record);
  })();
  expect(await errorOf(reading)).toBeInstanceOf(EngineError);
  expect(read).toHaveLength(4);
  expect(metabase.counters.logouts).toBe(1);
});

test('a signal stops a read with its reason, after the session is closed', async () => {
  const abort = new AbortController();
  const { source, metabase } = await openMetabase({ dashboards: 100 }, { signal: abort.signal });
  const reason = new Error('enough');
  const reading = (async () => {
    for await (const { data } of source.read('dashboards')) if (data['id']) abort.abort(reason);
  })();
  expect(await errorOf(reading)).toBe(reason);
  expect(metabase.counters.logouts).toBe(1);
  expect(await errorOf(source.check())).toBe(reason);
});

test('an incremental stream goes on from the state it told', async () => {
  const { source } = await openMetabase({ edition: 'pro' });
  let state: Readonly<Record<string, unknown>> | undefined;
  const onState = (next: typeof state) => (state = next);
  const first = await all(source.read('view_log', { onState }));
  const second = await all(source.read('view_log', { state, onState }));
  expect(first.length).toBeGreaterThan(1);
  expect(second.length).toBeLessThan(first.length);
});

test('the log has every request and no secret; the standard output stays empty', async () => {
  const output = vi.spyOn(process.stdout, 'write');
  const lines: string[] = [];
  const onLog = (level: string, message: string) => void lines.push(`${level} ${message}`);
  const { source, metabase } = await openMetabase({}, { onLog });
  await all(source.read('users'));
  expect(lines.join('\n')).toMatch(/DEBUG users: GET http:.*\/api\/user/);
  expect(lines.join('\n')).not.toContain(metabase.credentials.admin.password);
  expect(output).not.toHaveBeenCalled();
});
