// Databases and native query snippets.
import { json, jsonArray, notFound, type Reply } from '../reply.ts';
import { recordedRow } from '../recordings.ts';
import { without, type Row } from '../row.ts';
import { rowById, type Route, type UserVisit } from '../router.ts';
import { withoutDetails } from '../world/libraries.ts';
import { USAGE_DATABASE_ID } from '../world/usage.ts';
import type { World } from '../world/world.ts';

export const libraryRoutes: Route[] = [
  { method: 'GET', path: '/api/database', access: 'user', reply: databases },
  { method: 'GET', path: '/api/database/:id', access: 'user', reply: database },
  { method: 'GET', path: '/api/database/:id/metadata', access: 'user', reply: metadata },
  { method: 'GET', path: '/api/native-query-snippet', access: 'user', reply: snippets },
  { method: 'GET', path: '/api/native-query-snippet/:id', access: 'user', reply: snippet },
];

const SAMPLE_DATABASE_ID = 1;
const VIRTUAL_DATABASE = /^-1337$/;

function databases({ world, person, query }: UserVisit): Reply {
  const tablesToo = query.get('include') === 'tables' || query.get('include_tables') === 'true';
  const rows = world.databases.map(({ id, listRow }) => {
    const row = person.isSuperuser ? listRow : withoutDetails(listRow);
    return tablesToo ? { ...row, tables: tablesOf(id) } : row;
  });
  if (query.get('include_analytics') === 'true' && person.isSuperuser) rows.push(...usageDatabases(world));
  const data = query.get('saved') === 'true' && world.cards.count > 0 ? [...rows, savedQuestions()] : rows;
  return json({ data, total: data.length });
}

/** The database of the usage analytics, in the paid editions since 0.48; it is not recorded (S). */
function usageDatabases({ settings, isLegacy, databases: [sample] }: World): Row[] {
  if (settings.edition === 'oss' || isLegacy || !sample) return [];
  return [{ ...sample.listRow, id: USAGE_DATABASE_ID, name: 'Usage Analytics', is_audit: true, is_sample: false }];
}

function database(visit: UserVisit): Reply {
  const { world, person } = visit;
  const found = world.databases.find(({ id }) => String(id) === visit.params.id);
  if (!found) return refusal(visit);
  return json(person.isSuperuser ? found.detailRow : withoutDetails(found.detailRow));
}

/** Hidden tables, and sensitive fields, only when asked for. */
function metadata(visit: UserVisit): Reply {
  const { world, person, query, params } = visit;
  if (VIRTUAL_DATABASE.test(params.id ?? '')) return json({ ...savedQuestions(), tables: [] });
  const found = world.databases.find(({ id }) => String(id) === params.id);
  if (!found) return refusal(visit);
  const isShown = ({ visibility_type: visibility }: Row) =>
    query.get('include_hidden') === 'true' || !['hidden', 'sensitive'].includes(String(visibility));
  const tables = world.tables.filter(({ databaseId, listRow }) => databaseId === found.id && isShown(listRow));
  const shown = tables.map(({ metadataRow, fields }) =>
    query.get('skip_fields') === 'true' ? metadataRow : { ...metadataRow, fields: fields.filter(isShown) },
  );
  const row = without(found.detailRow, 'schedules', 'can-manage', 'can_upload', 'router_user_attribute');
  return json({ ...(person.isSuperuser ? row : withoutDetails(row)), tables: shown });
}

function tablesOf(id: number): Row[] {
  if (id !== SAMPLE_DATABASE_ID) return [];
  const { data } = recordedRow('admin/database_include_tables') as { data: { tables: Row[] }[] };
  return data[0]?.tables ?? [];
}

function savedQuestions(): Row {
  const { data } = recordedRow('admin/database_saved') as { data: Row[] };
  return data.find(({ id }) => id === -1337) ?? {};
}

function refusal(visit: UserVisit): Reply {
  const found = rowById(visit, () => undefined);
  return 'refusal' in found ? found.refusal : notFound();
}

function snippets({ world, query }: UserVisit): Reply {
  const wantsArchived = query.get('archived') === 'true';
  const rows = world.snippets.filter(({ isArchived }) => isArchived === wantsArchived).map(({ row }) => row());
  rows.sort((one, other) => (String(one.name).toLowerCase() < String(other.name).toLowerCase() ? -1 : 1));
  return jsonArray(rows);
}

function snippet(visit: UserVisit): Reply {
  const { snippets: all } = visit.world;
  const found = rowById(visit, (wanted) =>
    all.find(({ id, entityId }) => (typeof wanted === 'number' ? id : entityId) === wanted),
  );
  return 'refusal' in found ? found.refusal : json(found.row.row());
}
