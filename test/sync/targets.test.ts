// `sync` into each target against `read`, record by record, over all streams of a simulated Metabase.
import { expect, test } from 'vitest';
import { discover, read } from '../../engine/source.ts';
import type { JsonObject } from '../../engine/text/json.ts';
import { createMetabase } from '../metabase/metabase.ts';
import { linesOf as messagesOf } from '../support/run.ts';
import { clientOf, readings } from '../support/simulated-sync.ts';
import { linesOf, recordOf, open, recordOfRow, syncTo, temporaryFolder } from './targets.ts';

const NOW = Date.UTC(2026, 10, 21);
const metabase = () => createMetabase({ edition: 'pro', now: () => NOW });

interface Catalog {
  catalog: { streams: { name: string; json_schema: JsonObject }[] };
}

const config = { instance_api_url: 'http://127.0.0.1', ...metabase().credentials.admin };
const found = await messagesOf((engine) => discover(engine, config), clientOf(metabase()));
const { streams } = (JSON.parse(found.find((line) => line.startsWith('{"type":"CATALOG"')) ?? '') as Catalog).catalog;

/** The bytes of the records of each stream, as `read` gives them. */
const texts = new Map<string, string[]>(streams.map(({ name }) => [name, []]));
const catalog = { streams: streams.map(({ name }) => ({ stream: { name }, sync_mode: 'full_refresh' })) };
for (const line of await messagesOf((engine) => read(engine, config, catalog), clientOf(metabase()))) {
  const [, name = '', data] =
    /^\{"type":"RECORD","record":\{"stream":"([^"]*)","data":(.*),"emitted_at":\d+\}\}$/.exec(line) ?? [];
  if (data !== undefined) texts.get(name)?.push(data);
}

test.each(readings)('$who: one login and one logout; no GET is sent twice', async ({ credentials, options }) => {
  const asked = createMetabase(options);
  const { error } = await syncTo('jsonl', temporaryFolder(), asked, { credentials });
  expect(error).toBeUndefined();
  const gets = asked.log.filter(({ method }) => method === 'GET').map(({ path }) => path);
  expect(gets).toContain('/api/user/current');
  // Whether there are legacy metrics is asked before, by requests of the manifest's choice, which here are those of the stream.
  const askedApart = options.version === '0.43' ? ['/api/metric', '/api/legacy-metric'] : [];
  expect(gets.filter((path, index) => gets.indexOf(path) !== index)).toEqual(askedApart);
  const sessions = 'password' in credentials ? 1 : 0;
  expect([asked.counters.logins, asked.counters.logouts]).toEqual([sessions, sessions]);
});

test('the streams that the check reads are not asked for again when only they are synced, nor kept when they are not', async () => {
  for (const [name, requests] of [
    ['instance_info', 2],
    ['segments', 3],
  ] as const) {
    const asked = metabase();
    await syncTo('jsonl', temporaryFolder(), asked, { streams: [name] });
    expect(asked.log.filter(({ method }) => method === 'GET')).toHaveLength(requests);
  }
});

test('there is something to compare: every stream of a Metabase Pro has records', () => {
  expect([...texts].filter(([, records]) => records.length === 0).map(([name]) => name)).toEqual([]);
  expect(streams.length).toBeGreaterThan(35);
});

test('JSON Lines are the bytes that read gives', async () => {
  const folder = temporaryFolder();
  const { error, streams: done } = await syncTo('jsonl', folder, metabase());
  expect(error).toBeUndefined();
  const complete = done.filter(({ status }) => status === 'complete');
  expect(complete.map(({ stream }) => stream)).toEqual(streams.map(({ name }) => name));
  for (const { stream, records } of complete) {
    expect(linesOf(folder, stream)).toEqual(texts.get(stream));
    expect(records).toBe(texts.get(stream)?.length);
  }
});

test.each(['csv', 'parquet', 'duckdb'] as const)('%s holds the values that read gives', async (target) => {
  const path = target === 'duckdb' ? `${temporaryFolder()}/metabase.duckdb` : temporaryFolder();
  const { error, said } = await syncTo(target, path, metabase());
  expect(error).toBeUndefined();
  expect(said.filter((text) => /^(WARN|ERROR)/.test(text) && !text.includes('left out'))).toEqual([]);
  const reader = await open(target, path);
  for (const { name, json_schema: schema } of streams) {
    const { types, rows } = await reader.stream(name);
    const records = rows.map((row) => recordOfRow(target, row, types, schema));
    expect({ name, records }).toEqual({ name, records: texts.get(name)?.map(recordOf) });
  }
});
