// Tables and fields, alone and in lists.
import { json, jsonArray, notFound, type Reply } from '../reply.ts';
import { recordedRow } from '../recordings.ts';
import { rowById, type Route, type UserVisit } from '../router.ts';
import { filled, without, type Row } from '../row.ts';
import { withoutDetails, type Database } from '../world/libraries.ts';
import { byTableName, type Table } from '../world/tables.ts';

export const tableRoutes: Route[] = [
  { method: 'GET', path: '/api/table', access: 'user', reply: list },
  { method: 'GET', path: '/api/table/:id', access: 'user', reply: table },
  { method: 'GET', path: '/api/table/:id/query_metadata', access: 'user', reply: queryMetadata },
  { method: 'GET', path: '/api/field/:id', access: 'user', reply: field },
];

/** Hidden tables too; `limit` is ignored. */
function list(visit: UserVisit): Reply {
  const { tables, databases } = visit.world;
  const databaseRows = new Map(databases.map((one) => [one.id, nestedDatabase(visit, one)]));
  const rows = [...tables].sort(byTableName).map((one) => ({ ...one.listRow, db: databaseRows.get(one.databaseId) }));
  return jsonArray(rows);
}

function table(visit: UserVisit): Reply {
  const found = tableOf(visit);
  if ('refusal' in found) return found.refusal;
  return json({ ...shaped(visit, found.row, 'admin/table_one'), db: databaseOf(visit, found.row) });
}

/** Says nothing of the connection, not to an administrator either. */
function queryMetadata(visit: UserVisit): Reply {
  const found = tableOf(visit);
  if ('refusal' in found) return found.refusal;
  const { query, world } = visit;
  const isAsked = ({ visibility_type: visibility }: Row) =>
    (visibility !== 'hidden' || query.get('include_hidden_fields') === 'true') &&
    (visibility !== 'sensitive' || query.get('include_sensitive_fields') === 'true');
  const db = { ...databaseOf(visit, found.row), ...(!world.isLegacy && { details: null }) };
  const fields = found.row.ownFields.filter(isAsked);
  const row = { ...shaped(visit, found.row, 'admin/table_query_metadata'), fields };
  return json({ ...row, db: world.isLegacy ? without(db, 'details') : db });
}

/** The row in the recorded shape; 0.43 has the fields of its list and a few more (S). */
function shaped({ world }: UserVisit, { id, listRow, metadataRow }: Table, shapeName: string): Row {
  const shape = recordedRow(shapeName);
  if (world.isLegacy) return { ...listRow, segments: [], metrics: [], dimension_options: {} };
  return id === shape.id ? shape : filled(shape, { ...metadataRow, ...listRow });
}

function tableOf(visit: UserVisit): { row: Table } | { refusal: Reply } {
  return rowById(visit, (id) => visit.world.tables.find((one) => one.id === id));
}

function field(visit: UserVisit): Reply {
  const { tables } = visit.world;
  const found = rowById(visit, (id) => tables.flatMap((one) => one.fields).find((one) => one.id === id));
  if ('refusal' in found) return found.refusal;
  const shape = recordedRow('admin/field_one');
  if (found.row.id === shape.id && visit.person.isSuperuser) return json(shape);
  const home = tables.find(({ id }) => id === found.row.table_id);
  if (!home) return notFound();
  const owner = filled(shape.table as Row, {
    ...home.metadataRow,
    db: { ...databaseOf(visit, home), router_database_id: null },
  });
  return json(filled(shape, { ...found.row, table: owner }));
}

function databaseOf(visit: UserVisit, { databaseId }: Table): Row {
  const found = visit.world.databases.find(({ id }) => id === databaseId);
  return found ? nestedDatabase(visit, found) : {};
}

/** A database inside a table: what is computed for the list of databases is not there. */
function nestedDatabase({ person }: UserVisit, { listRow }: Database): Row {
  const row = without(listRow, 'native_permissions', 'can_upload', 'router_database_id', 'router_user_attribute');
  return person.isSuperuser ? row : withoutDetails(row);
}
