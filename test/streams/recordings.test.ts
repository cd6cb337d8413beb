// Every recorded reply of a running Metabase that belongs to a stream goes through the connector, and all of it comes out.
import { readdirSync, readFileSync } from 'node:fs';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { read } from '../../engine/source.ts';
import { recordedRow } from '../metabase/recordings.ts';
import { catalogOf, linesOf, recordTexts } from '../support/run.ts';

const recordings = new URL('../schemas/recordings/', import.meta.url);
const api = 'https://metabase.test/api';
const config = { instance_api_url: 'https://metabase.test', api_key: 'mb_EXAMPLE-KEY' };

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

type Recorded = Record<string, unknown>;

/** A list of the server that has the archived records apart. */
const halves = (records: Recorded[]) => (query: URLSearchParams) =>
  records.filter(({ archived }) => (archived === true) === (query.get('f') === 'archived'));

/** How the server sends the records of each stream; the graphs as they are recorded, their records beside them are made by hand. */
const replies: Record<string, (records: Recorded[]) => Record<string, unknown>> = {
  cards: (records) => ({ '/card': halves(records) }),
  card_revisions: (records) => ({ '/card': halves([{ id: 38 }]), '/revision': records }),
  collections: (records) => ({ '/collection': plainly(records) }),
  native_query_snippets: (records) => ({ '/native-query-snippet': plainly(records) }),
  users: (records) => ({ '/user': { data: records, total: records.length, limit: null, offset: null } }),
  databases: (records) => ({ '/database': { data: records, total: records.length } }),
  tables: (records) => ({ '/table': records }),
  fields: (records) => ({ '/table': [{ id: 2 }], '/table/2/query_metadata': { fields: records } }),
  permission_groups: (records) => ({ '/permissions/group': records }),
  group_memberships: () => ({ '/permissions/membership': recordedRow('admin/permissions_membership') }),
  data_permissions: () => ({ '/permissions/graph': recordedRow('admin/permissions_graph') }),
  collection_permissions: () => ({
    '/collection/graph': (query: URLSearchParams) =>
      query.has('namespace') ? { groups: {} } : recordedRow('admin/collection_graph'),
  }),
  api_keys: (records) => ({ '/api-key': records }),
  settings: (records) => ({ '/setting': records }),
  tasks: (records) => ({ '/task': { data: records, total: records.length, limit: 1000, offset: 0 } }),
  dashboards: (records) => ({
    '/dashboard': halves(records.map(({ id, archived }) => ({ id, archived }))),
    ...Object.fromEntries(records.map((record) => [`/dashboard/${String(record['id'])}`, record])),
  }),
  dashboard_cards: (records) => ({ '/dashboard': halves([{ id: 2 }]), '/dashboard/2': { dashcards: records } }),
  dashboard_tabs: (records) => ({ '/dashboard': halves([{ id: 2 }]), '/dashboard/2': { tabs: records } }),
};

/** Settings whose value the connector takes for a secret; true, false and null are none. */
const SECRETIVE = ['ldap-attribute-firstname', 'password-complexity', 'setup-token', 'token-features'];

/** What answers the request without parameters: nothing is archived, or in another namespace. */
const plainly = (records: Recorded[]) => (query: URLSearchParams) => (query.size === 0 ? records : []);

/** What the manifest takes out and adds on purpose. */
const expected: Record<string, (record: Recorded) => Recorded> = {
  // The copies have no SQL left: for what is taken out of it, see cards.yaml.
  cards: (record) => ({ ...record, native_query: null, query_type: record['query_type'] ?? null }),
  card_revisions: (record) => ({ ...record, card_id: 38, revision_key: `card-38-${String(record['id'])}` }),
  collections: (record) => ({
    ...record,
    ...(!('parent_id' in record) && { parent_id: record['location'] === '/5/' ? 5 : null }),
    ...(!('namespace' in record) && { namespace: null }),
  }),
  databases: (record) => without(record, 'details'),
  tables: (record) => without(record, 'db'),
  fields: (record) =>
    withoutExtremes({ ...record, target: record['target'] && withoutExtremes(record['target'] as Recorded) }),
  api_keys: (record) => without(record, 'masked_key'),
  settings: (record) => {
    const isLeftOut = SECRETIVE.includes(String(record['key']));
    return { ...record, value: isLeftOut ? null : record['value'], is_value_left_out: isLeftOut };
  },
};

function without(record: Recorded, ...names: string[]): Recorded {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

/** A field whose fingerprint tells no value of a single row. */
function withoutExtremes(field: Recorded): Recorded {
  const { type, ...rest } = (field['fingerprint'] ?? {}) as { type?: Record<string, Recorded> };
  if (!type) return field;
  const types = Object.entries(type).map(([name, facts]) => [name, without(facts, 'min', 'max', 'earliest', 'latest')]);
  return { ...field, fingerprint: { ...rest, type: Object.fromEntries(types) as Recorded } };
}

const cases = Object.keys(replies).flatMap((stream) =>
  readdirSync(new URL(`${stream}/`, recordings)).map((file) => ({ stream, file })),
);

test.each(cases)('all of $file comes out of $stream', async ({ stream, file }) => {
  const records = [JSON.parse(readFileSync(new URL(`${stream}/${file}`, recordings), 'utf8')) as Recorded].flat();
  const bodies = Object.entries(replies[stream]?.(records) ?? {});
  const answerOf = (body: unknown, url: string) =>
    typeof body === 'function' ? (body as (query: URLSearchParams) => unknown)(new URL(url).searchParams) : body;
  server.use(
    ...bodies.map(([path, body]) =>
      http.get(api + path, ({ request }) => HttpResponse.json(answerOf(body, request.url) as object)),
    ),
  );

  const lines = await linesOf((engine) => read(engine, config, catalogOf(stream)));

  const come = expected[stream] ?? ((record: Recorded) => record);
  expect(recordTexts(lines)).toEqual(records.map((record) => JSON.stringify(come(record))));
});
