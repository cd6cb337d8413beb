// Tables and their fields: all of the sample database as recorded, and one hidden table in each further database.
import { legacyField, legacyTable } from '../legacy.ts';
import type { Settings } from '../options.ts';
import { recordedRow, recordedRows } from '../recordings.ts';
import { filled, without, type Row } from '../row.ts';
import type { Database } from './libraries.ts';
import type { Moment } from './moment.ts';

export type Table = {
  id: number;
  databaseId: number;
  /** As the list shows it, without its database. */
  listRow: Row;
  /** As the metadata of its database shows it, its fields left out. */
  metadataRow: Row;
  /** As the metadata of its database shows them. */
  fields: Row[];
  /** As the table's own metadata shows them. */
  ownFields: Row[];
};

const SAMPLE_DATABASE_ID = 1;
const LAST_SAMPLE_TABLE_ID = 8;
const LAST_SAMPLE_FIELD_ID = 71;

export function makeTables(settings: Settings, moment: Moment, databases: Database[]): Table[] {
  const isLegacy = settings.version === '0.43';
  const tables = databases.flatMap(({ id }) =>
    id === SAMPLE_DATABASE_ID ? sampleTables() : [hiddenTable(id, moment)],
  );
  return isLegacy ? tables.map(legacy) : tables;
}

/** The order of `/api/table`. */
export function byTableName(one: Table, other: Table): number {
  const [name, otherName] = [String(one.listRow.name), String(other.listRow.name)];
  return name < otherName ? -1 : name === otherName ? one.id - other.id : 1;
}

function sampleTables(): Table[] {
  const listed = new Map(recordedRows('admin/table').map((row) => [row.id, row]));
  const recorded = recordedRow('admin/database_metadata_include_hidden').tables as Row[];
  return recorded.map((row) => {
    const fields = row.fields as Row[];
    return {
      id: Number(row.id),
      databaseId: SAMPLE_DATABASE_ID,
      listRow: without(listed.get(row.id) ?? {}, 'db'),
      metadataRow: without(row, 'fields'),
      fields,
      ownFields: fields.map(ownField),
    };
  });
}

/** A field of a table's own metadata has two fields more; recorded for the table of orders. */
const OWN_FIELDS = new Map(
  (recordedRow('admin/table_query_metadata').fields as Row[]).map((field) => [Number(field.id), field]),
);

function ownField(field: Row): Row {
  return OWN_FIELDS.get(Number(field.id)) ?? { ...field, dimensions: [], name_field: null };
}

/** Hidden tables and fields are not recorded; README.md says which request shows them, their words are those of the API's source (S). */
function hiddenTable(databaseId: number, moment: Moment): Table {
  const [shape] = sampleTables();
  const id = LAST_SAMPLE_TABLE_ID + databaseId - 1;
  const values = {
    id,
    db_id: databaseId,
    name: `STAFF_${databaseId}`,
    display_name: `Staff ${databaseId}`,
    description: null,
    caveats: null,
    points_of_interest: null,
    schema: 'public',
    visibility_type: 'hidden',
    created_at: moment.of('table', id),
    updated_at: moment.after('table', id),
  };
  const fields = hiddenFields(shape?.fields[0] ?? {}, id, moment);
  return {
    id,
    databaseId,
    listRow: filled(shape?.listRow ?? {}, values),
    metadataRow: filled(shape?.metadataRow ?? {}, values),
    fields,
    ownFields: fields.map(ownField),
  };
}

function hiddenFields(shape: Row, tableId: number, moment: Moment): Row[] {
  const visibilities = ['normal', 'sensitive', 'hidden'];
  return visibilities.map((visibility_type, position) => {
    const id = LAST_SAMPLE_FIELD_ID + (tableId - LAST_SAMPLE_TABLE_ID - 1) * visibilities.length + position + 1;
    const name = ['ID', 'SALARY', 'NOTES'][position];
    const dates = { created_at: moment.of('field', id), updated_at: moment.after('field', id) };
    return filled(shape, { id, table_id: tableId, name, display_name: name, visibility_type, position, ...dates });
  });
}

function legacy(table: Table): Table {
  return {
    ...table,
    listRow: legacyTable(table.listRow),
    metadataRow: legacyTable(table.metadataRow),
    fields: table.fields.map(legacyField),
    ownFields: table.ownFields.map((field) => ({ ...legacyField(field), ...NO_DIMENSION_OPTIONS })),
  };
}

/** How a column may be binned: numbers of options, which `dimension_options` of the table describes (S). */
const NO_DIMENSION_OPTIONS = { default_dimension_option: null, dimension_options: [] };
