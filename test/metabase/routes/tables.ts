// Tables and fields of the sample database: all of those in its recorded metadata, in the shapes recorded for one of each.
import { json, notFound, type Reply } from '../reply.ts';
import { recordedRow } from '../recordings.ts';
import { rowById, type Route, type UserVisit } from '../router.ts';
import { filled, without, type Row } from '../row.ts';
import { withoutDetails } from '../world/libraries.ts';

export const tableRoutes: Route[] = [
  { method: 'GET', path: '/api/table/:id', access: 'user', reply: (visit) => table(visit, 'admin/table_one') },
  {
    method: 'GET',
    path: '/api/table/:id/query_metadata',
    access: 'user',
    reply: (visit) => table(visit, 'admin/table_query_metadata'),
  },
  { method: 'GET', path: '/api/field/:id', access: 'user', reply: field },
];

const TABLES = recordedRow('admin/database_metadata_include_hidden').tables as Row[];
const FIELDS = TABLES.flatMap((one) => one.fields as Row[]);

function table(visit: UserVisit, shapeName: string): Reply {
  const found = rowById(visit, (id) => TABLES.find((one) => one.id === id));
  if ('refusal' in found) return found.refusal;
  if (visit.world.databases.length === 0) return notFound();
  const shape = recordedRow(shapeName);
  const row = found.row.id === shape.id ? shape : filled(shape, found.row);
  return json({ ...row, db: databaseOf(visit, row) });
}

function field(visit: UserVisit): Reply {
  const found = rowById(visit, (id) => FIELDS.find((one) => one.id === id));
  if ('refusal' in found) return found.refusal;
  if (visit.world.databases.length === 0) return notFound();
  const shape = recordedRow('admin/field_one');
  if (found.row.id === shape.id && visit.person.isSuperuser) return json(shape);
  const home = TABLES.find(({ id }) => id === found.row.table_id) ?? {};
  const owner = filled(shape.table as Row, { ...without(home, 'fields'), db: databaseOf(visit, shape.table as Row) });
  return json(filled(shape, { ...found.row, table: owner }));
}

function databaseOf({ person }: UserVisit, { db }: Row): Row {
  return person.isSuperuser ? (db as Row) : withoutDetails(db as Row);
}
