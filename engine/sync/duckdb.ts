// DuckDB, loaded when it is needed, and a database file of it.
import type * as duckdbPackage from '@duckdb/node-api';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { ConfigError } from '../errors.ts';

type Duckdb = typeof duckdbPackage;

const PACKAGE = '@duckdb/node-api';
const reason = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** Loads the package, which is an optional one. Throws ConfigError that says how to install it. */
export async function loadDuckdb(load: () => Promise<Duckdb> = () => import('@duckdb/node-api')): Promise<Duckdb> {
  try {
    return await load();
  } catch (cause) {
    throw new ConfigError(
      `DuckDB tables and Parquet files need the package ${PACKAGE}, which cannot be loaded (${reason(cause).split('\n')[0]}). ` +
        `Install it where this program is installed: "npm install ${PACKAGE}". --format jsonl and csv do without it.`,
      { cause },
    );
  }
}

export interface Database {
  readonly duckdb: Duckdb;
  readonly connect: () => Promise<DuckDBConnection>;
  readonly close: () => void;
}

/** Opens a database file, and makes it if need be. Throws ConfigError. */
export async function openDatabase(path: string): Promise<Database> {
  const duckdb = await loadDuckdb();
  let instance: DuckDBInstance;
  try {
    // Nothing is fetched from anywhere.
    instance = await duckdb.DuckDBInstance.create(path, { autoinstall_known_extensions: 'false' });
  } catch (cause) {
    throw new ConfigError(
      `The database ${path} cannot be opened. If another program has it open, close it there; else name another file with --to. ` +
        `DuckDB says: ${reason(cause)}`,
      { cause },
    );
  }
  return { duckdb, connect: () => instance.connect(), close: () => instance.closeSync() };
}

/** A name as SQL takes it. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
