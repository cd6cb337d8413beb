// The contract with reality: each recorded request, asked again of the simulator, is answered in the recorded shape.
import { beforeAll, expect, test } from 'vitest';
import { createMetabase, type Metabase } from './metabase.ts';
import { EXCHANGES, type Exchange } from './recordings.ts';
import { differences, shapeOf } from './shape.ts';

const ORIGIN = 'http://127.0.0.1';
const ROLES = ['admin', 'reader', 'apikey'];

/** Recorded values that depend on the moment or on the content of that one server. */
const CONTENT_ERRORS = ['admin/setting_unknown'];

let metabase: Metabase;
const credentials: Record<string, Record<string, string>> = {};

beforeAll(async () => {
  metabase = createMetabase({ cards: 80, dashboards: 24 });
  credentials.admin = { 'x-metabase-session': await login('admin') };
  credentials.reader = { 'x-metabase-session': await login('reader') };
  credentials.apikey = { 'x-api-key': metabase.credentials.plainApiKey };
});

const gets = EXCHANGES.filter(({ method, role }) => method === 'GET' && ROLES.includes(role));

test.each(gets.map((recorded) => [recorded.name, recorded] as const))(
  '%s has its recorded status and type',
  async (_, recorded) => {
    const { status, headers, body } = await ask(recorded);
    expect([status, headers.get('content-type')]).toEqual([recorded.status, recorded.type ?? null]);
    if (recorded.status >= 400 && !CONTENT_ERRORS.includes(recorded.name)) expect(body).toEqual(recorded.reply);
  },
);

const families = [...new Set(gets.filter(({ status }) => status === 200).map(family))];

test.each(families)('%s answers in its recorded shape', async (name) => {
  const recorded = gets.filter((one) => one.status === 200 && family(one) === name);
  const actual = await Promise.all(recorded.map(async (one) => (await ask(one)).body));
  const expected = shapeOf(
    [...recorded, ...more(name)].map(({ reply, text }) => (text === undefined ? reply : (JSON.parse(text) as unknown))),
  );
  expect(differences(shapeOf(actual), expected)).toEqual([]);
});

function family({ role, path }: Exchange): string {
  const [route] = path.split('?');
  return `${role} ${(route ?? '').replaceAll(/\/(\d+|[\w-]{21})(?=\/|$)/g, '/:id')}`;
}

/** The admin's recordings of the same path, which hold the fields that the others' content happens to lack. */
function more(name: string): Exchange[] {
  const [, path] = name.split(' ');
  return gets.filter((one) => one.status === 200 && family(one) === `admin ${path ?? ''}`);
}

async function ask({ method, path, role }: Exchange) {
  const response = await metabase.handle(new Request(ORIGIN + path, { method, headers: credentials[role] ?? {} }));
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json') && text !== '';
  return { status: response.status, headers: response.headers, body: isJson ? (JSON.parse(text) as unknown) : text };
}

async function login(who: 'admin' | 'reader'): Promise<string> {
  const body = JSON.stringify(metabase.credentials[who]);
  const headers = { 'content-type': 'application/json' };
  const response = await metabase.handle(new Request(`${ORIGIN}/api/session`, { method: 'POST', headers, body }));
  return ((await response.json()) as { id: string }).id;
}
