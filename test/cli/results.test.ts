// Rows of cards and queries, through the executable, from the simulator.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import type { MetabaseOptions } from '../metabase/options.ts';
import { startMetabase, type Simulator } from '../metabase/serve.ts';
import { root } from './command-line.ts';

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const CONFIG = {
  card_results: [38, 43, 44],
  model_results: true,
  query_results: [
    { name: 'people', database_id: 1, sql: 'select id, created_at from people' },
    { name: 'some_orders', database_id: 1, mbql: '{"source-table": 2, "limit": 3}' },
    { name: 'wrong', database_id: 1, sql: 'select * from nobody' },
  ],
};

interface Line {
  type: string;
  record?: { stream: string; data: Record<string, unknown> };
  catalog?: { streams: { name: string; json_schema: { properties: object } }[] };
  trace?: {
    stream_status?: { stream_descriptor: { name: string }; status: string };
    error?: { message: string; stream_descriptor?: { name: string } };
  };
}

async function simulator(options: MetabaseOptions = {}): Promise<Simulator> {
  const metabase = await startMetabase(options);
  cleanups.push(metabase.close);
  return metabase;
}

async function run(verb: string, { apiUrl, credentials }: Simulator, config: object, streams: readonly string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), 'results-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string, content: object): string => {
    writeFileSync(join(folder, name), JSON.stringify(content));
    return join(folder, name);
  };
  const all = { instance_api_url: apiUrl, ...credentials.admin, ...config };
  const catalog = { streams: streams.map((name) => ({ stream: { name }, sync_mode: 'full_refresh' })) };
  const args = [
    verb,
    '--config',
    file('config.json', all),
    ...(verb === 'read' ? ['--catalog', file('c.json', catalog)] : []),
  ];
  const child = spawn(process.execPath, [join(root, 'bin', 'source-metabase'), ...args]);
  const [stdout] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  const lines = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
  return {
    code: child.exitCode,
    streams: lines.flatMap(({ catalog: found }) => found?.streams ?? []),
    records: (name: string) => lines.flatMap(({ record }) => (record?.stream === name ? [record.data] : [])),
    status: (name: string) =>
      lines
        .flatMap(({ trace }) => trace?.stream_status ?? [])
        .findLast(({ stream_descriptor: { name: of } }) => of === name)?.status,
    errors: lines.flatMap(({ trace }) => trace?.error ?? []),
  };
}

const asked = (metabase: Simulator, start: string): number =>
  metabase.log.filter(({ method, path }) => `${method} ${path}`.startsWith(start)).length;

test('discover names the streams after cards and queries, with the columns as their schema', async () => {
  const { code, streams } = await run('discover', await simulator(), {
    model_results: true,
    card_results: [38, 44],
    query_results: CONFIG.query_results.slice(0, 2),
  });
  expect(code).toBe(0);
  const found = streams.filter(({ name }) => /^(card_|people$|some_orders$)/.test(name) && !name.endsWith('revisions'));
  expect(found.map(({ name }) => name)).toEqual([
    'card_38_orders_by_status_sql',
    'card_44_all_orders_18760_rows',
    'card_40_people_model',
    'card_63_question_0000026',
    'people',
    'some_orders',
  ]);
  expect(found[4]?.json_schema.properties).toMatchObject({ ID: { type: ['null', 'integer'] }, CREATED_AT: {} });
});

test('read gives all rows of large results, and what fails fails alone', async () => {
  const metabase = await simulator();
  const names = [
    'card_44_all_orders',
    'card_43_broken_sql',
    'people',
    'some_orders',
    'wrong',
    'card_99_gone',
    'card_40_x',
  ];
  const config = { ...CONFIG, card_results: [...CONFIG.card_results, 99] };
  const { code, records, status, errors } = await run('read', metabase, config, names);
  expect(code).toBe(1);
  expect(records('card_44_all_orders')).toHaveLength(18_760);
  expect(records('card_44_all_orders')[0]).toMatchObject({
    ID: 1,
    'User ID': 'Person 1',
    'Created At': '2023-01-01T00:00:00.123',
  });
  expect(records('people')).toHaveLength(2500);
  expect(records('some_orders')).toHaveLength(3);
  expect(records('card_40_x')).not.toEqual([]);
  expect(names.map(status)).toEqual([
    'COMPLETE',
    'INCOMPLETE',
    'COMPLETE',
    'COMPLETE',
    'INCOMPLETE',
    'INCOMPLETE',
    'COMPLETE',
  ]);
  const message = (name: string) => errors.find((error) => error.stream_descriptor?.name === name)?.message;
  expect(message('card_43_broken_sql')).toMatch(/could not run the query: Table "NO_SUCH_TABLE" not found/);
  expect(message('wrong')).toMatch(/could not run the query: Table "NOBODY" not found/);
  expect(message('card_99_gone')).toMatch(/card\/99\. Take it out of the config/);
  expect([asked(metabase, 'POST /api/session'), asked(metabase, 'DELETE /api/session')]).toEqual([1, 1]);
  // A query that fails fails at once: it is not run again.
  expect(asked(metabase, 'POST /api/card/43/query/json')).toBe(1);
});

test('0.43 gives its rows too', async () => {
  const metabase = await simulator({ version: '0.43' });
  const { code, records } = await run('read', metabase, CONFIG, ['card_44_x', 'people', 'some_orders']);
  expect(code).toBe(0);
  expect(['card_44_x', 'people', 'some_orders'].map((name) => records(name).length)).toEqual([18_760, 2500, 3]);
});

test('without a word of results in the config nothing is asked for them', async () => {
  const metabase = await simulator();
  const { code } = await run('read', metabase, {}, ['instance_info']);
  expect(code).toBe(0);
  expect(asked(metabase, 'GET /api/card') + asked(metabase, 'POST /api/dataset')).toBe(0);
});
