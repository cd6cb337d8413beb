// A stream on its way into a table of DuckDB: one transaction, records handed over in chunks of columns.
import type { DuckDBAppender, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { SystemError } from '../errors.ts';
import type { JsonObject } from '../text/json.ts';
import { columnTypes, type Value } from './column-types.ts';
import { columnsOf } from './columns.ts';
import { type Database, identifier } from './duckdb.ts';

export interface DuckdbTable {
  readonly write: (record: Uint8Array) => Promise<void> | undefined;
  /** Hands over what is left. Returns the columns as they have become. */
  readonly end: () => { readonly name: string; readonly sql: string }[];
  /** Runs SQL in the transaction. Throws SystemError. */
  readonly run: (sql: string) => Promise<void>;
  /** Ends the transaction: what it did and did not commit is undone. */
  readonly close: () => void;
}

export interface DuckdbTableOptions {
  readonly name: string;
  readonly schema: JsonObject;
  readonly warn: (text: string) => void;
}

/** So many rows at most are handed over at once, and so many bytes about. */
const [MOST_ROWS, MOST_BYTES] = [2048, 4_000_000];

/** Begins a transaction that replaces a table. A column whose type cannot hold a value becomes JSON, with all its values. */
export async function beginTable({ duckdb, connect }: Database, options: DuckdbTableOptions): Promise<DuckdbTable> {
  const { name, schema, warn } = options;
  const table = identifier(name);
  const columns = columnsOf(schema);
  const types = columns.all.map(({ type }) => type);
  const connection = await connect();
  const json = duckdb.DuckDBVarCharType.create('JSON');

  async function run(sql: string): Promise<void> {
    try {
      await connection.run(sql);
    } catch (cause) {
      throw new SystemError(`DuckDB refuses to write ${table}: ${(cause as Error).message}`, { cause });
    }
  }

  const vectorType = (sql: string): DuckDBType => (sql === 'JSON' ? json : duckdb[sql as 'VARCHAR']);
  let values: (Value | null)[][] = types.map(() => []);
  let [rows, bytes] = [0, 0];
  let appender: DuckDBAppender;

  function handOver(): void {
    if (rows === 0) return;
    const chunk = duckdb.DuckDBDataChunk.create(types.map(({ sql }) => vectorType(sql)));
    chunk.setColumns(values as DuckDBValue[][]);
    appender.appendDataChunk(chunk);
    appender.flushSync();
    values = types.map(() => []);
    [rows, bytes] = [0, 0];
  }

  async function widen(index: number): Promise<void> {
    const column = columns.all[index]?.name ?? '';
    const { sql, toJson } = types[index] ?? columnTypes.json;
    handOver();
    appender.closeSync();
    const quoted = identifier(column);
    await run(
      `ALTER TABLE ${table} ALTER ${quoted} TYPE JSON USING CASE WHEN ${quoted} IS NOT NULL THEN ${toJson(quoted)} END`,
    );
    types[index] = columnTypes.json;
    appender = await connection.createAppender(name);
    warn(`the column "${column}" holds values that are no ${sql}; it has become JSON.`);
  }

  /** Takes a row, unless one of its values does not fit: then it returns the column. */
  function add(cells: readonly (string | undefined)[]): number | undefined {
    const row: (Value | null)[] = [];
    for (const [index, cell] of cells.entries()) {
      const value = cell === undefined ? null : types[index]?.read(cell);
      if (value === undefined) return index;
      row.push(value);
    }
    for (const [index, value] of row.entries()) values[index]?.push(value);
    rows += 1;
    return undefined;
  }

  async function addWidened(cells: readonly (string | undefined)[], first: number): Promise<void> {
    for (let index: number | undefined = first; index !== undefined; index = add(cells)) await widen(index);
  }

  try {
    await run('BEGIN');
    const declared = columns.all.map((column) => `${identifier(column.name)} ${column.type.sql}`);
    await run(`CREATE OR REPLACE TABLE ${table} (${declared.join(', ')})`);
    appender = await connection.createAppender(name);
  } catch (thrown) {
    connection.closeSync();
    throw thrown;
  }

  return {
    run,
    write(record) {
      if (rows >= MOST_ROWS || bytes >= MOST_BYTES) handOver();
      bytes += record.length;
      const cells = columns.cellsOf(record);
      const misfit = add(cells);
      return misfit === undefined ? undefined : addWidened(cells, misfit);
    },
    end() {
      handOver();
      appender.closeSync();
      return columns.all.map((column, index) => ({ name: column.name, sql: types[index]?.sql ?? '' }));
    },
    close: () => connection.closeSync(),
  };
}
