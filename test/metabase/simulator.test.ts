// What the simulator does beyond repeating recordings: sessions, throttle, rights, paging, versions, sizes, faults, the log.
import { once } from 'node:events';
import { get } from 'node:http';
import { setupServer } from 'msw/node';
import { afterEach, expect, test } from 'vitest';
import { createMetabase } from './metabase.ts';
import { metabaseHandlers } from './msw.ts';
import type { MetabaseOptions } from './options.ts';
import type { Row } from './row.ts';
import { startMetabase, type Simulator } from './serve.ts';
import { chunksOf, streamOf } from './stream.ts';
import { ORIGIN, testClient } from './test-client.ts';

const SECOND = 1000;
const DAY = 86_400 * SECOND;
const started: Simulator[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((simulator) => simulator.close()));
});

test('a login gives a session, and bumps the last login of that user alone', async () => {
  const { client, clock } = simulated();
  clock.advance(DAY);
  const { status, body } = await client.login({ username: 'ADMIN@example.com', password: 'example-admin-password' });
  expect([status, body]).toEqual([200, { id: expect.stringMatching(/^[\da-f-]{36}$/) as unknown }]);
  const users = rows(await client.get('/api/user'));
  expect(users.filter(({ last_login }) => last_login !== null).map(({ id, updated_at }) => [id, updated_at])).toEqual([
    [1, '2026-11-22T12:00:00.000Z'],
  ]);
});

test('a session ends when its time is over', async () => {
  const { client, clock, metabase } = simulated({ sessionTtlMs: DAY });
  await client.get('/api/user/current');
  clock.advance(DAY - 1);
  expect((await client.get('/api/user/current')).status).toBe(200);
  clock.advance(1);
  const { status, body } = await client.get('/api/user/current');
  expect([status, body, metabase.counters.openSessions]).toEqual([401, 'Unauthenticated', 0]);
});

test('a logout ends the session, and a second one finds nothing', async () => {
  const { client, metabase } = simulated();
  const headers = await client.headersOf('admin');
  const statuses = [];
  for (let turn = 0; turn < 2; turn++)
    statuses.push((await client.send('/api/session', { method: 'DELETE', headers })).status);
  expect(statuses).toEqual([204, 404]);
  expect((await client.get('/api/user/current')).status).toBe(401);
  expect({ ...metabase.counters }).toEqual({ logins: 1, failedLogins: 0, logouts: 1, openSessions: 0 });
});

test('a session cookie takes precedence over the header', async () => {
  const { client } = simulated();
  const headers = { ...(await client.headersOf('admin')), cookie: 'metabase.DEVICE=x; metabase.SESSION=stale' };
  expect((await client.send('/api/user/current', { headers })).status).toBe(401);
  const harmless = { ...(await client.headersOf('admin')), cookie: 'metabase.DEVICE=x' };
  expect((await client.send('/api/user/current', { headers: harmless })).status).toBe(200);
});

test('the throttle refuses from the eleventh attempt, longer each time, the right password too', async () => {
  const { client, metabase } = simulated();
  const wrong = { username: 'reader@example.com', password: 'wrong' };
  const said: string[] = [];
  for (let turn = 0; turn < 15; turn++) said.push(JSON.stringify((await client.login(wrong)).body));
  const refused = await client.login(metabase.credentials.reader);
  expect(said.slice(0, 10)).toEqual(Array(10).fill('{"errors":{"password":"did not match stored password"}}'));
  expect(said.slice(10).map((text) => /\d+/.exec(text)?.[0])).toEqual(['15', '42', '78', '120', '168']);
  expect([refused.status, refused.headers.get('retry-after'), refused.body]).toEqual([
    401,
    null,
    { errors: { username: 'Too many attempts! You must wait 220 seconds before trying again.' } },
  ]);
  expect((await client.login(metabase.credentials.admin)).status).toBe(200);
});

test('an attempt made too early counts, so that the told wait is not enough', async () => {
  const { client, clock, metabase } = simulated();
  for (let turn = 0; turn < 16; turn++) await client.login({ username: 'reader@example.com', password: 'wrong' });
  clock.advance(221 * SECOND);
  const early = await client.login(metabase.credentials.reader);
  expect(early.body).toEqual({
    errors: { username: 'Too many attempts! You must wait 57 seconds before trying again.' },
  });
  clock.advance(340 * SECOND);
  expect((await client.login(metabase.credentials.reader)).status).toBe(200);
});

test('a deactivated user does not get in', async () => {
  const { client, metabase } = simulated();
  expect((await client.login(metabase.credentials.deactivated)).status).toBe(401);
});

test.each([
  ['adminApiKey', 200],
  ['plainApiKey', 403],
] as const)('with the %s the users answer %i', async (role, status) => {
  const { client } = simulated();
  expect((await client.get('/api/user', role)).status).toBe(status);
});

test('cards in the personal collection of another are not for the reader', async () => {
  const { client } = simulated({ cards: 200 });
  const [all, readable] = await Promise.all([client.get('/api/card'), client.get('/api/card', 'reader')]);
  const ids = new Set(rows(readable).map(({ id }) => id));
  const hidden = rows(all).filter(({ id }) => !ids.has(id));
  expect(new Set(hidden.map(({ collection_id }) => collection_id))).toEqual(new Set([4, 11, 13]));
  expect((await client.get(`/api/card/${String(hidden[0]?.id)}`, 'reader')).status).toBe(403);
});

test('a card is the same in the list, streamed from a template, as alone', async () => {
  const { client } = simulated({ cards: 120 });
  for (const row of rows(await client.get('/api/card'))) {
    const detail = (await client.get(`/api/card/${String(row.id)}`)).body as Row;
    const { collection, ...rest } = row;
    expect(detail).toMatchObject(rest);
    if (collection) expect(detail.collection).toMatchObject(collection as Row);
  }
});

test('live and archived cards are all cards, each once', async () => {
  const { client } = simulated({ cards: 500, dashboards: 50 });
  const all = rows(await client.get('/api/card'));
  const archived = rows(await client.get('/api/card?f=archived'));
  expect(new Set([...all, ...archived].map(({ id }) => id)).size).toBe(500);
  expect(archived.every(({ archived: isArchived, collection_id }) => isArchived === true && collection_id !== 1)).toBe(
    true,
  );
  expect(new Set(all.map(({ type }) => type))).toEqual(new Set(['question', 'model', 'metric']));
  expect(all.some(({ dashboard_id }) => dashboard_id !== null)).toBe(true);
});

test('an archived card says the trash alone, and its own collection in the list', async () => {
  const { client } = simulated();
  const detail = (await client.get('/api/card/45')).body as Row;
  expect([detail.collection_id, (detail.collection as Row).id]).toEqual([1, 5]);
  expect(rows(await client.get('/api/collection/1/items')).map(({ id }) => id)).toContain(45);
});

test('all live dashboards are found through the collections too', async () => {
  const { client } = simulated({ size: 'nested' });
  const listed = rows(await client.get('/api/dashboard')).map(({ id }) => id);
  const collections = rows(await client.get('/api/collection'));
  const found: unknown[] = [];
  for (const { id } of collections) {
    found.push(...rows(await client.get(`/api/collection/${String(id)}/items?models=dashboard`)).map((row) => row.id));
  }
  expect(found.toSorted()).toEqual(listed.toSorted());
  expect(listed.length).toBe(179);
});

test('without its list, a dashboard is there still', async () => {
  const { client } = simulated({ hasDashboardList: false });
  const list = await client.get('/api/dashboard');
  expect([list.status, list.body]).toEqual([404, 'API endpoint does not exist.']);
  expect((await client.get('/api/dashboard/2')).status).toBe(200);
});

test('revisions have ids of their own, the newest first; content that came with the server has a row without id', async () => {
  const { client } = simulated();
  const revisions = [];
  for (let id = 37; id < 45; id++) revisions.push(...rows(await client.get(`/api/revision?entity=card&id=${id}`)));
  for (let id = 1; id < 10; id++) revisions.push(...rows(await client.get(`/api/revision?entity=dashboard&id=${id}`)));
  const ids = revisions.flatMap(({ id }) => id ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  expect(revisions.length - ids.length).toBe(2);
  const renamed = rows(await client.get('/api/revision/dashboard/2'));
  expect(renamed.map(({ most_recent }) => most_recent)).toEqual(renamed.map((_, age) => age === 0));
  expect(renamed.at(-1)).toMatchObject({ is_creation: true, description: 'created this.', diff: null });
});

test('archived documents are in the trash alone', async () => {
  const { client } = simulated({ documents: 8 });
  const listed = ((await client.get('/api/document')).body as { items: Row[] }).items;
  expect(listed.map(({ id }) => id)).toEqual([1, 2, 3, 5, 6, 7]);
  const trashed = rows(await client.get('/api/collection/1/items?models=document'));
  expect(trashed.map(({ id }) => id)).toEqual([4, 8]);
  expect((await client.get('/api/document/4')).body).toMatchObject({ archived: true, can_restore: true });
});

test('twenty collections of depth twenty are one chain', async () => {
  const { client } = simulated({ size: 'nested' });
  const deepest = rows(await client.get('/api/collection')).find(({ name }) => name === 'Team 000020');
  expect(String(deepest?.location).split('/').filter(Boolean)).toHaveLength(19);
});

test('dashboards show tabs, text, series and the view count of before', async () => {
  const { client } = simulated();
  const first = (await client.get('/api/dashboard/2')).body as Row;
  const second = (await client.get('/api/dashboard/2')).body as Row;
  expect((first.tabs as Row[]).map(({ id, name }) => [id, name])).toEqual([
    [4, 'One'],
    [5, 'Two'],
  ]);
  expect((first.dashcards as Row[]).map(({ id, card_id }) => [id, card_id])).toEqual([
    [35, 38],
    [36, 42],
    [37, null],
    [38, 39],
  ]);
  expect([first.view_count, second.view_count]).toEqual([0, 1]);
  const fifth = (await client.get('/api/dashboard/5')).body as Row;
  expect((fifth.dashcards as Row[]).flatMap(({ series }) => series as Row[])).not.toEqual([]);
});

test('a Metabase that is still answers the same every time', async () => {
  const client = testClient(createMetabase({ isStill: true, edition: 'pro' }));
  for (const path of ['/api/dashboard/2', '/api/persist', '/api/user/current']) {
    expect((await client.get(path)).body).toEqual((await client.get(path)).body);
  }
});

test.each([
  ['limit=2', 2, 2, 0],
  ['offset=1', 50, 50, 1],
  ['limit=2&offset=100', 0, 2, 100],
  ['limit=0', 0, 0, 0],
  ['limit=abc', 73, null, null],
])('users with %s are a page', async (query, length, limit, offset) => {
  const { client } = simulated({ users: 78 });
  const { body } = await client.get(`/api/user?${query}`);
  expect(body).toMatchObject({ total: 74, limit, offset });
  expect((body as { data: Row[] }).data).toHaveLength(length === 73 ? 74 : length);
});

test('pages of collection items put together are the whole', async () => {
  const { client } = simulated({ cards: 300 });
  const whole = rows(await client.get('/api/collection/5/items'));
  const pages = [];
  for (let offset = 0; offset < whole.length; offset += 7) {
    pages.push(...rows(await client.get(`/api/collection/5/items?limit=7&offset=${offset}`)));
  }
  expect(pages).toEqual(whole);
});

test('every table and field of the database metadata is there alone too', async () => {
  const { client } = simulated();
  const { tables } = (await client.get('/api/database/1/metadata?include_hidden=true')).body as { tables: Row[] };
  for (const { id, name, fields } of tables) {
    const alone = (await client.get(`/api/table/${String(id)}/query_metadata`)).body as Row;
    expect([alone.name, (alone.fields as Row[]).length]).toEqual([name, (fields as Row[]).length]);
    const [field] = fields as Row[];
    expect((await client.get(`/api/field/${String(field?.id)}`)).body).toMatchObject({
      name: field?.name,
      table: { id },
    });
  }
});

test('hidden tables are listed; hidden and sensitive fields come when asked for', async () => {
  const { client } = simulated();
  const hidden = rows(await client.get('/api/table')).find(({ visibility_type }) => visibility_type === 'hidden');
  const path = `/api/table/${String(hidden?.id)}/query_metadata`;
  const seen = await Promise.all(
    ['', '?include_hidden_fields=true', '?include_sensitive_fields=true&include_hidden_fields=true'].map(
      async (query) => ((await client.get(path + query)).body as { fields: Row[] }).fields.map(({ name }) => name),
    ),
  );
  expect(seen).toEqual([['ID'], ['ID', 'NOTES'], ['ID', 'SALARY', 'NOTES']]);
  expect(((await client.get('/api/database/2/metadata')).body as { tables: Row[] }).tables).toEqual([]);
});

test('users of tenants and the usage database are listed when asked for, in the paid edition', async () => {
  const { client } = simulated({ edition: 'pro' });
  const idsOf = async (path: string) => rows(await client.get(path)).map(({ id }) => id);
  const [some, all] = await Promise.all(['', '?tenancy=all'].map((query) => idsOf(`/api/user${query}`)));
  expect(all?.filter((id) => !some?.includes(id))).toEqual([15]);
  expect(await idsOf('/api/database')).toEqual([1, 2]);
  expect(await idsOf('/api/database?include_analytics=true')).toEqual([1, 2, 13371337]);
});

test('rights on data are given for a whole database, for some tables, or not at all', async () => {
  const groups = { groups: 4 };
  const graph = async (version: '0.58' | '0.43') =>
    ((await simulated({ ...groups, version }).client.get('/api/permissions/graph')).body as { groups: Row }).groups;
  const { 3: analysts, 6: some, 7: none } = (await graph('0.58')) as Record<number, Record<number, Row>>;
  expect([analysts?.[2]?.['view-data'], some?.[2]?.['view-data'], none]).toEqual([
    'unrestricted',
    { public: { 9: 'unrestricted' } },
    {},
  ]);
  const legacy = (await graph('0.43')) as Record<number, Record<number, Row>>;
  expect([legacy[3]?.[2]?.data, legacy[6]?.[2]?.data, legacy[7]]).toEqual([
    { native: 'write', schemas: 'all' },
    { schemas: { public: { 9: 'all' } } },
    undefined,
  ]);
});

test('rights on collections are apart for snippet folders; on 0.43 there are rows for no rights', async () => {
  const groupsOf = async (version: '0.58' | '0.43', query = '') =>
    ((await simulated({ version }).client.get(`/api/collection/graph${query}`)).body as { groups: Row }).groups;
  expect(Object.keys(await groupsOf('0.58'))).toEqual(['1', '2']);
  expect((await groupsOf('0.58', '?namespace=snippets'))[2]).toEqual({ root: 'write', 10: 'write' });
  expect((await groupsOf('0.43', '?namespace=snippets'))[3]).toEqual({ root: 'none', 10: 'none' });
});

test('an empty instance has its admin, the root and nothing made by people', async () => {
  const { client } = simulated({ size: 'empty' });
  const paths = [
    '/api/card',
    '/api/dashboard',
    '/api/database',
    '/api/native-query-snippet',
    '/api/table',
    '/api/segment',
  ];
  for (const path of paths) expect(rows(await client.get(path)), path).toEqual([]);
  expect(rows(await client.get('/api/collection')).map(({ id }) => id)).toEqual(['root', 4]);
  expect(rows(await client.get('/api/user?status=all')).map(({ id }) => id)).toEqual([1]);
  expect((await client.get('/api/setting')).status).toBe(200);
  expect((await client.get('/api/user/current', 'plainApiKey')).status).toBe(401);
});

test('archived events of a live timeline are told by its details alone', async () => {
  const { client } = simulated();
  const events = async (path: string) =>
    ((await client.get(path)).body as { events: Row[] }).events.map(({ id }) => id);
  expect(rows(await client.get('/api/timeline?include=events'))).toMatchObject([
    { id: 1, events: [{ id: 1 }] },
    { id: 2, events: [] },
  ]);
  expect(await events('/api/timeline/1?include=events')).toEqual([1]);
  expect(await events('/api/timeline/1?include=events&archived=true')).toEqual([1, 2]);
  expect(rows(await client.get('/api/timeline?archived=true')).map(({ id }) => id)).toEqual([3]);
});

test('subscriptions, alerts and notifications are an administrator’s to see, archived ones apart', async () => {
  const { client } = simulated();
  const ids = async (path: string) => rows(await client.get(path)).map(({ id }) => id);
  expect([await ids('/api/pulse'), await ids('/api/pulse?archived=true')]).toEqual([[1], [2]]);
  expect([await ids('/api/alert'), await ids('/api/alert?archived=true')]).toEqual([[6], [7]]);
  expect(await ids('/api/notification')).not.toContain(7);
  expect(await ids('/api/notification?include_inactive=true')).toContain(7);
  for (const path of ['pulse', 'alert', 'notification?include_inactive=true', 'segment']) {
    expect(rows(await client.get(`/api/${path}`, 'reader')), path).toEqual([]);
  }
});

test('on 0.43 alerts and subscriptions share their ids, segments are MBQL 4, and metrics are no cards', async () => {
  const { client } = simulated({ version: '0.43' });
  const ids = async (path: string) => rows(await client.get(path)).map(({ id }) => id);
  expect([await ids('/api/pulse'), await ids('/api/alert')]).toEqual([[1], [3]]);
  const [segment] = rows(await client.get('/api/segment', 'reader'));
  expect(segment?.definition).toMatchObject({ 'source-table': 2, filter: ['>', ['field', 5, {}], 100] });
  expect(await ids('/api/metric')).toEqual([1, 2]);
  expect((await simulated().client.get('/api/metric')).status).toBe(404);
});

test('an archived collection is listed by the trash, and by its parent among what is archived', async () => {
  const { client } = simulated();
  const items = async (path: string) => rows(await client.get(`/api/collection/${path}`)).map(({ name }) => name);
  expect(await items('2/items')).not.toContain('E-commerce');
  expect(await items('2/items?archived=true')).toEqual(['E-commerce']);
  expect(await items('1/items')).toContain('E-commerce');
});

test('the same seed gives the same content, another seed other ids', async () => {
  const ids = async (seed: number) =>
    rows(await simulated({ seed }).client.get('/api/card')).map(({ entity_id }) => entity_id);
  const [first, again, other] = await Promise.all([ids(1), ids(1), ids(2)]);
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});

test('on 0.43 cards have no entity id and no type, MBQL 4 and times without zone', async () => {
  const { client } = simulated({ version: '0.43' });
  const cards = rows(await client.get('/api/card'));
  const model = cards.find(({ id }) => id === 40);
  expect(model).toMatchObject({ dataset: true, dataset_query: { type: 'query', query: { 'source-table': 1 } } });
  expect(model).not.toHaveProperty('entity_id');
  expect(model).not.toHaveProperty('type');
  expect(model?.created_at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+$/);
});

test('on 0.43 dashboards have ordered_cards with sizeX and sizeY, and archived ones are gone', async () => {
  const { client } = simulated({ version: '0.43' });
  const dashboard = (await client.get('/api/dashboard/2')).body as Row;
  expect((dashboard.ordered_cards as Row[])[0]).toMatchObject({ sizeX: 8, sizeY: 6, card: { id: 38, dataset: false } });
  expect(dashboard).not.toHaveProperty('dashcards');
  const archived = await client.get('/api/dashboard/4');
  expect([archived.status, archived.body]).toMatchObject([404, { error_code: 'archived' }]);
});

test('on 0.43 there is no trash, no API key and no newer endpoint', async () => {
  const { client } = simulated({ version: '0.43' });
  for (const path of ['action', 'api-key', 'notification', 'cache', 'channel', 'collection/trash']) {
    const { status, body } = await client.get(`/api/${path}`);
    expect([status, body], path).toEqual([404, 'API endpoint does not exist.']);
  }
  expect((await client.get('/api/user/current', 'adminApiKey')).status).toBe(401);
  expect(rows(await client.get('/api/collection?archived=true')).map(({ name }) => name)).toEqual([
    'E-commerce',
    'Old stuff',
  ]);
  expect((await client.get('/api/collection/8/items')).body).toMatchObject({ total: 0, data: [] });
});

test('on 0.43 a user without rights sees five columns of users, and none when asking for more', async () => {
  const { client } = simulated({ version: '0.43' });
  const [user] = rows(await client.get('/api/user', 'reader'));
  expect(Object.keys(user ?? {}).sort()).toEqual(['common_name', 'email', 'first_name', 'id', 'last_name']);
  expect((await client.get('/api/user?status=all', 'reader')).status).toBe(403);
});

test('on 0.43 snippets keep the zone that other rows lack', async () => {
  const { client } = simulated({ version: '0.43' });
  const [snippet] = rows(await client.get('/api/native-query-snippet'));
  expect(snippet?.created_at).toMatch(/Z$/);
});

test('outside the API everything is a web page', async () => {
  const { client } = simulated();
  const { status, headers, body } = await client.get('/dashboards/api/card', 'nobody');
  expect([status, headers.get('content-type')]).toEqual([200, 'text/html;charset=utf-8']);
  expect(body).toContain('<!DOCTYPE html>');
});

test('a trailing slash is accepted on a list and refused on anything longer', async () => {
  const { client } = simulated();
  expect((await client.get('/api/card/')).status).toBe(200);
  expect((await client.get('/api/user/current/')).status).toBe(404);
});

test('a hundred thousand cards stream without being held', async () => {
  const { metabase, client } = simulated({ size: 'large' });
  const headers = await client.headersOf('admin');
  const response = await metabase.handle(new Request(`${ORIGIN}/api/card`, { headers }));
  let bytes = 0;
  let most = 0;
  for await (const chunk of chunksOf(response.body ?? streamOf([]))) {
    bytes += chunk.length;
    most = Math.max(most, chunk.length);
  }
  expect(bytes).toBeGreaterThan(300_000_000);
  expect(most).toBeLessThan(100_000);
  expect(metabase.log.at(-1)).toMatchObject({ path: '/api/card', status: 200, bytesSent: bytes });
});

test('cards are made only as fast as they are read', async () => {
  const { metabase, client } = simulated({ size: 'large' });
  const headers = await client.headersOf('admin');
  const response = await metabase.handle(new Request(`${ORIGIN}/api/card`, { headers }));
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  expect(metabase.log.at(-1)?.bytesSent).toBeLessThan(200_000);
});

test('a large list is compressed for a client that accepts it, and only then', async () => {
  const simulator = await serving({ gzip: true });
  const { headersOf } = testClient(simulator);
  const headers = await headersOf('admin');
  const plain = await fetch(`${simulator.apiUrl}/card`, { headers: { ...headers, 'accept-encoding': 'identity' } });
  const squeezed = await fetch(`${simulator.apiUrl}/card`, { headers: { ...headers, 'accept-encoding': 'gzip' } });
  expect([plain.headers.get('content-encoding'), squeezed.headers.get('content-encoding')]).toEqual([null, 'gzip']);
  expect(await squeezed.json()).toEqual(await plain.json());
});

test('a fault answers in place of the truth, after some requests and so many times', async () => {
  const { client, metabase } = simulated();
  const headers = { 'retry-after': '3' };
  metabase.faults.push({
    match: { path: '/api/health' },
    after: 1,
    times: 2,
    do: { status: 503, headers, body: 'busy' },
  });
  const answers = [];
  for (let turn = 0; turn < 4; turn++) answers.push(await client.get('/api/health', 'nobody'));
  expect(answers.map(({ status }) => status)).toEqual([200, 503, 503, 200]);
  expect([answers[1]?.headers.get('retry-after'), answers[1]?.body]).toEqual(['3', 'busy']);
});

test('a fault can change the body alone', async () => {
  const { client } = simulated({
    faults: [{ match: { method: 'GET', path: /^\/api\/health$/ }, do: { rewriteBody: (body) => body.slice(0, -1) } }],
  });
  await expect(client.get('/api/health', 'nobody')).rejects.toThrow(SyntaxError);
});

test('a dropped connection ends before the reply', async () => {
  const simulator = await serving({ faults: [{ match: { path: '/api/health' }, times: 1, do: 'drop' }] });
  await expect(fetch(`${simulator.apiUrl}/health`)).rejects.toThrow('fetch failed');
  expect((await fetch(`${simulator.apiUrl}/health`)).status).toBe(200);
  expect(simulator.log.map(({ status }) => status)).toEqual([null, 200]);
});

test('a cut connection ends after so many bytes of the true body', async () => {
  const simulator = await serving({ faults: [{ match: { path: '/api/health' }, do: { cutAfterBytes: 7 } }] });
  const [response] = (await once(get(`${simulator.apiUrl}/health`), 'response')) as [NodeJS.ReadableStream];
  let received = '';
  response.on('data', (chunk: Buffer) => (received += chunk.toString()));
  await expect(once(response, 'end')).rejects.toThrow('aborted');
  expect(received).toBe('{"statu');
});

test('a slow reply comes in pieces, with a wait before each', async () => {
  const waits: number[] = [];
  const sleep = (milliseconds: number) => Promise.resolve(void waits.push(milliseconds));
  const slow = { match: { path: '/api/health' }, do: { slowMs: 250, pieceBytes: 5 } };
  const { client } = simulated({ sleep, latencyMs: 40, faults: [slow] });
  expect((await client.get('/api/health', 'nobody')).body).toEqual({ status: 'ok' });
  expect(waits).toEqual([40, 250, 250, 250]);
});

test('a hanging request ends with its client, or with the simulator', async () => {
  const simulator = await serving({ faults: [{ match: { path: '/api/health' }, do: 'hang' }] });
  const client = new AbortController();
  const given = fetch(`${simulator.apiUrl}/health`, { signal: client.signal });
  client.abort();
  await expect(given).rejects.toThrow('aborted');
  const kept = fetch(`${simulator.apiUrl}/health`);
  const failure = expect(kept).rejects.toThrow('fetch failed');
  while (simulator.log.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await simulator.close();
  await failure;
});

test('the log holds each request with its headers, body, status and bytes', async () => {
  const simulator = await serving();
  const { username, password } = simulator.credentials.admin;
  const body = JSON.stringify({ username, password });
  const headers = { 'content-type': 'application/json', 'x-mine': 'yes' };
  await (await fetch(`${simulator.apiUrl}/session`, { method: 'POST', headers, body })).text();
  await (await fetch(`${simulator.apiUrl}/user/current?x=1`)).text();
  expect(simulator.log).toMatchObject([
    { method: 'POST', path: '/api/session', headers: { 'x-mine': 'yes' }, body, status: 200, bytesSent: 45 },
    { method: 'GET', path: '/api/user/current?x=1', body: '', status: 401, bytesSent: 15 },
  ]);
});

test('a reset forgets sessions, failed logins, views, faults and the log', async () => {
  const { client, metabase } = simulated();
  await client.get('/api/dashboard/2');
  metabase.faults.push({ match: { path: '/' }, do: 'hang' });
  metabase.reset();
  expect([metabase.log, metabase.faults, metabase.counters.logins]).toEqual([[], [], 0]);
  expect((await client.get('/api/user/current')).status).toBe(401);
  expect((await testClient(metabase).get('/api/dashboard/2')).body).toMatchObject({ view_count: 0 });
});

test('the same simulator answers in the process through msw, dropped connections included', async () => {
  const origin = 'http://metabase.test';
  const metabase = createMetabase();
  const server = setupServer(...metabaseHandlers(metabase, origin));
  server.listen({ onUnhandledRequest: 'error' });
  try {
    const body = JSON.stringify(metabase.credentials.admin);
    const headers = { 'content-type': 'application/json' };
    const login = await fetch(`${origin}/api/session`, { method: 'POST', headers, body });
    const session = { 'x-metabase-session': ((await login.json()) as { id: string }).id };
    const cards = (await (await fetch(`${origin}/api/card`, { headers: session })).json()) as Row[];
    expect(cards.length).toBeGreaterThan(40);
    metabase.faults.push({ match: { path: '/api/health' }, do: 'drop' });
    await expect(fetch(`${origin}/api/health`)).rejects.toThrow('Failed to fetch');
  } finally {
    server.close();
  }
});

test('an unknown size is refused with the known ones', () => {
  expect(() => createMetabase({ size: 'huge' as 'large' })).toThrow(
    'Unknown size "huge"; use one of empty, small, nested, large.',
  );
});

function simulated(options: MetabaseOptions = {}) {
  let now = Date.UTC(2026, 10, 21, 12);
  const clock = { advance: (milliseconds: number) => (now += milliseconds) };
  const metabase = createMetabase({ now: () => now, ...options });
  return { metabase, clock, client: testClient(metabase) };
}

async function serving(options: MetabaseOptions = {}): Promise<Simulator> {
  const simulator = await startMetabase(options);
  started.push(simulator);
  return simulator;
}

function rows({ body }: { body: unknown }): Row[] {
  return Array.isArray(body) ? (body as Row[]) : (body as { data: Row[] }).data;
}
