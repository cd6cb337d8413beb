// What `sync` leaves behind when something goes wrong, and what it says.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { TransientError } from '../../engine/errors.ts';
import { loadDuckdb } from '../../engine/sync/duckdb.ts';
import { type TargetName, targets } from '../../engine/sync/targets.ts';
import { createMetabase } from '../metabase/metabase.ts';
import { linesOf, open, syncTo, temporaryFolder } from './targets.ts';

const NAMES = ['jsonl', 'csv', 'parquet', 'duckdb'] as const;
const streams = ['cards', 'segments', 'users'];

const pathFor = (target: TargetName, folder: string): string =>
  target === 'duckdb' ? join(folder, 'metabase.duckdb') : folder;

/** Everything in a folder of files, or the ids of each table of a database. */
async function contents(target: TargetName, folder: string): Promise<unknown> {
  if (target !== 'duckdb') {
    return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'latin1')]));
  }
  const instance = await DuckDBInstance.create(pathFor(target, folder));
  const connection = await instance.connect();
  const tables = await connection.runAndReadAll('SELECT table_name FROM duckdb_tables() ORDER BY 1');
  const ids = new Map<unknown, unknown>();
  for (const [name] of tables.getRows()) {
    ids.set(name, (await connection.runAndReadAll(`SELECT id FROM "${String(name)}"`)).getRows());
  }
  connection.closeSync();
  instance.closeSync();
  return ids;
}

test.each(NAMES)('%s: a stream that breaks off leaves what was there; the others are replaced', async (target) => {
  const folder = temporaryFolder();
  await syncTo(target, pathFor(target, folder), createMetabase({ cards: 20 }), { streams });
  const before = await contents(target, folder);
  const metabase = createMetabase({ cards: 30, users: 20 });
  // In the middle of the list: some records have been written already.
  metabase.faults.push({ match: { path: /^\/api\/card(\?|$)/ }, do: { cutAfterBytes: 20_000 } });
  const { error, said, streams: ended } = await syncTo(target, pathFor(target, folder), metabase, { streams });
  expect(error?.message).toContain('Incomplete: cards.');
  expect(ended.map(({ stream, status }) => `${stream} ${status}`)).toEqual([
    'cards incomplete',
    'segments complete',
    'users complete',
  ]);
  expect(ended[0]?.records).toBeGreaterThan(0);
  expect(said.filter((text) => text.startsWith('ERROR cards: '))).toHaveLength(1);
  const after = await contents(target, folder);
  if (after instanceof Map && before instanceof Map) {
    expect([...after.keys()]).toEqual(streams);
    expect(after.get('cards')).toEqual(before.get('cards'));
    expect(after.get('users')).not.toEqual(before.get('users'));
  } else {
    const file = `cards.${target}`;
    expect(Object.keys(after as object)).toEqual(streams.map((name) => `${name}.${target}`));
    expect((after as Record<string, string>)[file]).toBe((before as Record<string, string>)[file]);
  }
});

test.each(NAMES)('%s: a sync that is stopped leaves what was there, and nothing else', async (target) => {
  const folder = temporaryFolder();
  await syncTo(target, pathFor(target, folder), createMetabase(), { streams });
  const before = await contents(target, folder);
  const stop = new AbortController();
  const { error, streams: ended } = await syncTo(target, pathFor(target, folder), createMetabase({ cards: 90 }), {
    streams: ['dashboards', 'cards'],
    signal: stop.signal,
    began: () => stop.abort(new TransientError('The sync was stopped by SIGINT.')),
  });
  expect(error?.message).toBe('The sync was stopped by SIGINT.');
  expect(ended.map(({ status }) => status)).toEqual(['incomplete', 'incomplete']);
  expect(await contents(target, folder)).toEqual(before);
});

test('an empty stream is an empty file, or a table with the columns of its schema', async () => {
  const folder = temporaryFolder();
  const empty = createMetabase({ size: 'empty' });
  for (const target of NAMES) await syncTo(target, pathFor(target, folder), empty, { streams: ['segments'] });
  expect(linesOf(folder, 'segments')).toEqual([]);
  const { properties } = JSON.parse(readFileSync('schemas/segments.json', 'utf8')) as { properties: object };
  const columns = [...Object.keys(properties), '_undeclared'];
  expect(readFileSync(join(folder, 'segments.csv'), 'utf8')).toBe(`${columns.join(',')}\r\n`);
  for (const target of ['parquet', 'duckdb'] as const) {
    const { rows, types } = await (await open(target, pathFor(target, folder))).stream('segments');
    expect([rows, Object.keys(types)]).toEqual([[], columns]);
  }
});

test('a stream that there is not is refused before anything is read, with the one that was meant', async () => {
  const { error, streams: begun } = await syncTo('jsonl', temporaryFolder(), createMetabase(), {
    streams: ['crads', 'users'],
  });
  expect(begun).toEqual([]);
  expect(error?.failureType).toBe('config_error');
  expect(error?.message).toMatch(
    /^There is no stream "crads"\. Did you mean "cards"\? The streams are: cards, dashboards, /,
  );
});

const refusal = { status: 403, body: 'No.' };

test('a stream that the server refuses is left out with what it needs, and what was there stays', async () => {
  const folder = temporaryFolder();
  await syncTo('jsonl', folder, createMetabase());
  const before = linesOf(folder, 'settings');
  const metabase = createMetabase();
  metabase.faults.push({ match: { path: /^\/api\/setting$/ }, do: refusal });
  const { error, said, streams: ended } = await syncTo('jsonl', folder, metabase);
  expect(error).toBeUndefined();
  expect(said).toContain('settings is left out: it needs the rights of an administrator.');
  // Of this one another request tells than its own.
  expect(said).toContain('legacy_metrics is left out: it needs Metabase 0.50 or earlier.');
  expect(ended.filter(({ status }) => status === 'incomplete')).toEqual([]);
  expect(ended.find(({ stream }) => stream === 'settings')?.status).toBe('left out');
  expect(linesOf(folder, 'settings')).toEqual(before);
});

test.each<[string, RegExp, string[] | undefined]>([
  ['asked for by name', /^\/api\/setting$/, ['settings']],
  ['after some of it has come', /^\/api\/timeline\?.*archived=true/, undefined],
  ['that everybody can read', /^\/api\/segment$/, undefined],
])('a stream %s that the server refuses is incomplete', async (_, path, names) => {
  const metabase = createMetabase();
  metabase.faults.push({ match: { path }, do: refusal });
  const { error } = await syncTo('jsonl', temporaryFolder(), metabase, { ...(names && { streams: names }) });
  expect(error?.message).toMatch(
    /^Not every stream could be read\. Incomplete: (settings|timelines, timeline_events|segments)\./,
  );
});

test('a folder that is a file is told', async () => {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, '');
  const { error } = await syncTo('jsonl', path, createMetabase());
  expect(error?.message).toMatch(/^Nothing can be written to the folder .*file: E.*Name another one with --to\.$/);
});

test('a file that is no database, and one that cannot be made, are told', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'x.duckdb'), 'no database, but long enough to be taken for one'.repeat(100));
  for (const path of [join(folder, 'x.duckdb'), join(folder, 'missing', 'y.duckdb')]) {
    const { error } = await syncTo('duckdb', path, createMetabase());
    expect(error?.failureType).toBe('config_error');
    expect(error?.message).toContain(`The database ${path} cannot be opened.`);
  }
});

test('what has the name of a stream and is no table stays, and its stream is incomplete', async () => {
  const path = join(temporaryFolder(), 'metabase.duckdb');
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run('CREATE VIEW segments AS SELECT 1 AS id');
  connection.closeSync();
  instance.closeSync();
  const { error, said } = await syncTo('duckdb', path, createMetabase(), { streams });
  expect(error?.message).toContain('Incomplete: segments.');
  expect(said.filter((text) => text.startsWith('ERROR'))[0]).toContain(
    'segments: DuckDB refuses to write "segments": ',
  );
});

test('a file that cannot be written makes its stream incomplete', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'segments.jsonl'));
  const { error, said } = await syncTo('jsonl', folder, createMetabase(), { streams });
  expect(error?.message).toContain('Incomplete: segments.');
  expect(said.filter((text) => text.startsWith('ERROR'))[0]).toContain('segments.jsonl cannot be written: E');
  expect(readdirSync(folder).sort()).toEqual(['cards.jsonl', 'segments.jsonl', 'users.jsonl']);
});

test('without the package of DuckDB its targets say how to install it', async () => {
  const missing = () => Promise.reject(new Error("Cannot find package '@duckdb/node-api' imported from …\nmore"));
  await expect(loadDuckdb(missing)).rejects.toMatchObject({
    failureType: 'config_error',
    message: expect.stringMatching(
      /imported from …\)\. Install it .*"npm install @duckdb\/node-api"\. --format jsonl/,
    ) as string,
  });
});

test('names that file systems do not take are written as in a URL, and stay apart', async () => {
  const folder = temporaryFolder();
  const target = await targets.jsonl(folder);
  for (const name of ['a/b', 'a%2Fb', '..', 'Umsätze: "x"*?']) {
    const table = await target.open(name, {}, () => undefined);
    await table.commit();
  }
  await target.close();
  expect(readdirSync(folder).sort()).toEqual(
    ['%2E..jsonl', 'Umsätze%3A %22x%22%2A%3F.jsonl', 'a%252Fb.jsonl', 'a%2Fb.jsonl'].sort(),
  );
});
