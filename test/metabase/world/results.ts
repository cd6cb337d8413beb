// Rows that queries answer: two tables of the sample database, made from the index, and the queries that are understood of them.
import { hash } from '../deterministic.ts';
import { recordedRow } from '../recordings.ts';
import type { Row } from '../row.ts';

const SALT = 900;
const HOUR_MS = 3_600_000;
const FROM_MS = Date.UTC(2023, 0, 1);

export type Column = Row & { name: string; display_name: string; base_type: string };

/** What a query gives: its columns, and its rows as long as somebody reads them. */
export type Result = {
  columns: Column[];
  count: number;
  /** The values of a row, in the order of the columns. */
  valuesAt: (index: number) => unknown[];
  /** The column that is shown as text of another one, by name: the export puts it in its place. */
  shownAs: Map<string, string>;
};

type Table = {
  id: number;
  name: string;
  count: number;
  columns: Column[];
  valueAt: (name: string, index: number) => unknown;
};

const moment = (index: number): string => new Date(FROM_MS + index * HOUR_MS + 123).toISOString().slice(0, -1);

const orders: Table = {
  id: 2,
  name: 'orders',
  count: 18_760,
  columns: (recordedRow('query/dataset_mbql').data as { cols: Column[] }).cols,
  valueAt: (name, index) =>
    ({
      ID: index + 1,
      USER_ID: 1 + (index % 2500),
      PRODUCT_ID: 1 + (index % 200),
      DISCOUNT: index % 5 === 0 ? 2.5 : null,
      CREATED_AT: moment(index),
      QUANTITY: 1 + (hash(1, SALT, index) % 9),
      NAME: `Person ${1 + (index % 2500)}`,
      TITLE: `Product ${1 + (index % 200)}`,
    })[name] ?? (name === 'DISCOUNT' ? null : (index % 1000) / 8),
};

const people: Table = {
  id: 1,
  name: 'people',
  count: 2500,
  columns: recordedRow('admin/card_one_model').result_metadata as Column[],
  valueAt: (name, index) =>
    ({
      ID: index + 1,
      CREATED_AT: moment(index),
      BIRTH_DATE: '1990-02-03',
      LATITUDE: index / 100,
      LONGITUDE: -index / 100,
    })[name] ?? `${name.toLowerCase()} ${index + 1}`,
};

const TABLES = [orders, people];

function result(table: Table, columns: Column[], limit = Infinity): Result {
  const shown = columns.filter(({ remapped_to: other }) => typeof other === 'string');
  return {
    columns,
    count: Math.min(table.count, limit),
    valuesAt: (index) => columns.map(({ name }) => table.valueAt(name, index)),
    shownAs: new Map(shown.map(({ name, remapped_to: other }) => [name, other as string])),
  };
}

/** A column as a native query gives it: without a field behind it. */
function nativeColumn({ name, base_type }: Column): Column {
  const field_ref = ['field', name, { 'base-type': base_type }];
  return { name, display_name: name, base_type, effective_type: base_type, source: 'native', field_ref };
}

const SELECT =
  /^\s*select\s+(\*|[\w\s,]+?)\s+from\s+(\w+)(?:\s+order by \w+)?(\s+where 1=0)?(?:\s+limit (\d+))?\s*;?\s*$/i;

/** The result of a native query; a name of a table or column that is not there; undefined for SQL that is not understood. */
export function resultOfSql(sql: string): Result | { missing: string } | undefined {
  const [, what = '', from = '', isEmpty, limit] = SELECT.exec(sql) ?? [];
  if (from === '') return undefined;
  const table = TABLES.find(({ name }) => name === from.toLowerCase());
  if (!table) return { missing: from.toUpperCase() };
  const own = table.columns.filter(({ remapped_from: other }) => typeof other !== 'string');
  const names = what === '*' ? own.map(({ name }) => name) : what.split(',').map((name) => name.trim().toUpperCase());
  const columns = names.map((name) => own.find((column) => column.name === name));
  const unknown = columns.indexOf(undefined);
  if (unknown >= 0) return { missing: names[unknown] ?? '' };
  const kept = columns.flatMap((column) => (column ? [nativeColumn(column)] : []));
  return result(table, kept, isEmpty === undefined ? Number(limit ?? Infinity) : 0);
}

/** The result of `{"source-table": 2, "limit": 3}`; undefined for another table. */
export function resultOfMbql({ 'source-table': id, limit }: Row): Result | undefined {
  const table = TABLES.find((one) => one.id === id);
  return table && result(table, table.columns, typeof limit === 'number' ? limit : Infinity);
}
