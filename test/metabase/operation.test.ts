// What the simulator has of the instance's own workings: paged lists, and what only the paid editions answer.
import { expect, test } from 'vitest';
import { createMetabase } from './metabase.ts';
import type { MetabaseOptions } from './options.ts';
import type { Row } from './row.ts';
import { testClient, type Role } from './test-client.ts';
import { USAGE_DATABASE_ID } from './world/usage.ts';

const clientOf = (options: MetabaseOptions = {}) => testClient(createMetabase(options));
const USAGE_CARDS = `/api/card?f=database&model_id=${USAGE_DATABASE_ID}`;

test('persisted models and transform runs are paged, newest first', async () => {
  const client = clientOf({ edition: 'pro', cards: 80 });
  const { body } = await client.get('/api/ee/transform/run?limit=2&offset=1');
  expect(body).toMatchObject({ data: [{ id: 4 }, { id: 3 }], total: 5, limit: 2, offset: 1 });
  expect((await client.get('/api/persist?limit=1&offset=0')).body).toMatchObject({ data: [{ id: 2 }], total: 2 });
});

test('inactive channels are listed when asked for, details only for administrators', async () => {
  const client = clientOf();
  const fieldsOf = async (path: string, role?: Role) =>
    ((await client.get(path, role)).body as Row[]).map(({ id, active, details }) => [id, active, typeof details]);
  expect(await fieldsOf('/api/channel')).toEqual([[1, true, 'object']]);
  expect(await fieldsOf('/api/channel?include_inactive=true', 'reader')).toEqual([
    [1, true, 'undefined'],
    [2, false, 'undefined'],
  ]);
});

test.each([
  { path: '/api/cache?model=root', oss: 200, pro: 200 },
  { path: '/api/cache?model=question', oss: 402, pro: 200 },
  { path: '/api/ee/transform', oss: 404, pro: 200 },
  { path: USAGE_CARDS, oss: 404, pro: 200 },
])('$path is $oss without the paid edition, and $pro with it', async ({ path, oss, pro }) => {
  const statuses = (['oss', 'pro'] as const).map(async (edition) => (await clientOf({ edition }).get(path)).status);
  expect(await Promise.all(statuses)).toEqual([oss, pro]);
  expect((await clientOf({ edition: 'pro' }).get(path, 'reader')).status).toBe(403);
});

test.each(['/api/persist', '/api/channel', '/api/cache', '/api/ee/transform', USAGE_CARDS])(
  '0.43 does not know %s',
  async (path) => {
    expect((await clientOf({ version: '0.43' }).get(path)).status).toBe(404);
  },
);

const field = (name: string) => ['field', name, { 'base-type': 'type/Integer' }];

async function exported(query: object, formatRows = 'false') {
  const client = clientOf({ edition: 'pro', usageRows: 30 });
  const asked = { database: USAGE_DATABASE_ID, type: 'query', query: { 'order-by': [['asc', field('id')]], ...query } };
  const body = new URLSearchParams({ query: JSON.stringify(asked), format_rows: formatRows });
  const headers = { ...(await client.headersOf('admin')), 'content-type': 'application/x-www-form-urlencoded' };
  return (await client.send('/api/dataset/json', { method: 'POST', headers, body })).body as Row[];
}

test('the rows of a usage model are filtered, ordered and limited as the query says', async () => {
  const [first] = await exported({ 'source-table': 'card__13371001', limit: 1 });
  const time = String(first?.Timestamp);
  expect(time).toMatch(/^2026-10-01T00:00:00\.\d{6}Z$/);
  const filter = ['and', ['>', field('id'), 3], ['>=', field('timestamp'), time]];
  const rows = await exported({ 'source-table': 'card__13371001', filter, limit: 2 });
  expect(rows.map(({ ID }) => ID)).toEqual([4, 5]);
});

test('values of an export are text for people unless told otherwise', async () => {
  const [row] = await exported({ 'source-table': 'card__13371001', limit: 1 }, 'true');
  expect([row?.ID, row?.['Is Preview'], row?.['Tenant ID']]).toEqual(['1', 'false', '']);
});

test.each([{ 'source-table': 'card__1' }, { 'source-table': 'card__13371001', filter: ['>', field('nope'), 3] }])(
  'the failing query %j is answered with an object',
  async (query) => {
    expect(await exported(query)).toMatchObject({ status: 'failed', row_count: 0 });
  },
);
