// The contract with reality: each recorded request, asked again of the simulator, is answered in the recorded shape and words.
import { beforeAll, expect, test } from 'vitest';
import { legacyQuery } from './legacy.ts';
import { createMetabase } from './metabase.ts';
import { bodyText, EXCHANGES, exchange, recordedRow, type Exchange } from './recordings.ts';
import type { Row } from './row.ts';
import { differences, shapeOf } from './shape.ts';
import { testClient, type Role, type TestClient } from './test-client.ts';

const ROLES: Record<string, Role> = { admin: 'admin', reader: 'reader', apikey: 'plainApiKey' };
const WITHOUT_CREDENTIALS = ['session', 'misc', 'auth', 'setup', 'none'];

let client: TestClient;

beforeAll(() => {
  client = testClient(createMetabase({ cards: 80, dashboards: 24 }));
});

const gets = EXCHANGES.filter(({ method, role }) => method === 'GET' && role in ROLES);
const families = [...new Set(gets.filter(({ status }) => status === 200).map(family))];
const refusals = EXCHANGES.filter(
  ({ name, role, status }) => WITHOUT_CREDENTIALS.includes(role) && status >= 400 && !name.includes('throttle'),
);
const queries = EXCHANGES.filter(({ role, method }) => role === 'query' && method === 'POST');

test.each(named(gets))('%s has its recorded status, type and error', async (_, recorded) => {
  const { status, headers, body } = await ask(recorded);
  expect([status, headers.get('content-type')]).toEqual([recorded.status, recorded.type ?? null]);
  if (recorded.status >= 400) expect(body).toEqual(recorded.reply);
});

test.each(families)('%s answers in its recorded shape', async (name) => {
  const recorded = gets.filter((one) => one.status === 200 && family(one) === name);
  const actual = await Promise.all(recorded.map(async (one) => (await ask(one)).body));
  expect(differences(shapeOf(actual), shapeOf([...recorded, ...sameOfAdmin(name)].map(valueOf)))).toEqual([]);
});

test.each(named(refusals))('%s is refused as recorded', async (_, recorded) => {
  const { method, path, headers = {}, body } = recorded;
  const sent = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
  const response = await client.send(path, { method, headers, body: sent });
  expect([response.status, response.headers.get('content-type')]).toEqual([recorded.status, recorded.type ?? null]);
  expect(response.body).toEqual(recorded.reply);
});

test.each(named(queries))('%s is answered as recorded', async (_, recorded) => {
  const { method, path, body, type, status } = recorded;
  const isForm = typeof body === 'string';
  const contentType = { 'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json' };
  const headers = { ...(await client.headersOf('admin')), ...contentType };
  const response = await client.send(path, { method, headers, body: isForm ? body : JSON.stringify(body) });
  expect([response.status, response.headers.get('content-type')]).toEqual([status, type]);
  if (recorded.text === undefined) expect(response.body).toEqual(recorded.reply);
});

test('the headers of a reply are those recorded', async () => {
  const { headers } = await client.get('/api/user');
  expect([...headers.keys()].sort()).toEqual([
    'content-length',
    'content-type',
    'last-modified',
    'set-cookie',
    'x-metabase-version',
  ]);
  expect(headers.get('x-metabase-version')).toBe('v0.58.0-SNAPSHOT');
  expect(headers.get('set-cookie')).toMatch(
    /^metabase\.DEVICE=[\da-f-]{36}; HttpOnly; Path=\/; Expires=.* GMT; SameSite=Lax$/,
  );
});

test('integers above 2^53 are sent digit by digit', () => {
  expect(bodyText(exchange('query/card_json_types'))).toContain('9007199254740993');
});

test.each(['mbql', 'native'])('the MBQL 4 form of the %s card is the recorded one', (name) => {
  const query = recordedRow(`admin/card_one_${name}`).dataset_query as Row;
  expect(legacyQuery(query)).toEqual(recordedRow(`admin/card_one_${name}_legacy_mbql`).dataset_query);
});

function named(exchanges: Exchange[]): [string, Exchange][] {
  return exchanges.map((one) => [one.name, one]);
}

function family({ role, path }: Exchange): string {
  const [route] = path.split('?');
  return `${role} ${(route ?? '').replaceAll(/\/(\d+|[\w-]{21})(?=\/|$)/g, '/:id')}`;
}

/** The admin's recordings of the same path hold the fields that the others' content happens to lack. */
function sameOfAdmin(name: string): Exchange[] {
  const [, path] = name.split(' ');
  return gets.filter((one) => one.status === 200 && family(one) === `admin ${path ?? ''}`);
}

function valueOf({ reply, text }: Exchange): unknown {
  return text === undefined ? reply : JSON.parse(text);
}

function ask({ path, role }: Exchange) {
  return client.get(path, ROLES[role] ?? 'nobody');
}
