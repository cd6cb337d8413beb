// Runs `sync` in this process, and reads back what a target holds: each record as values, whatever the target.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBDateValue, DuckDBInstance } from '@duckdb/node-api';
import { onTestFinished } from 'vitest';
import { asEngineError, type EngineError } from '../../engine/errors.ts';
import { createRedactor } from '../../engine/protocol/redact.ts';
import { columnsOf } from '../../engine/sync/columns.ts';
import { sync } from '../../engine/sync/sync.ts';
import { type TargetName, targets } from '../../engine/sync/targets.ts';
import { createSyncWriter, type Progress } from '../../engine/sync/writer.ts';
import { isLosslessNumber, type JsonObject, parseJson } from '../../engine/text/json.ts';
import type { Metabase } from '../metabase/metabase.ts';
import { engineWith } from '../support/run.ts';
import { clientOf } from '../support/simulated-sync.ts';

/** A folder that is removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sync-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface SyncResult {
  said: string[];
  streams: readonly Progress[];
  error: EngineError | undefined;
}

export interface SyncSetup {
  streams?: string[];
  /** In place of the administrator's login. */
  credentials?: object;
  signal?: AbortSignal;
  /** Called when the first requests are about to be made. */
  began?: () => void;
}

/** Syncs what the administrator of a simulated Metabase can read, or somebody else. */
export async function syncTo(
  target: TargetName,
  path: string,
  metabase: Metabase,
  setup: SyncSetup = {},
): Promise<SyncResult> {
  const result: SyncResult = { said: [], streams: [], error: undefined };
  const redactor = createRedactor();
  const engine = engineWith(clientOf(metabase));
  const report = {
    begin: (streams: readonly Progress[]) => {
      result.streams = streams;
      setup.began?.();
    },
    ended: () => undefined,
    leftOut: (stream: string, why: string) => void result.said.push(`${stream} is left out: ${why}`),
    say: (level: string, text: string) => void result.said.push(`${level} ${text}`),
  };
  const writer = createSyncWriter(report, redactor, engine.clock.now);
  const config = { instance_api_url: 'http://127.0.0.1', ...(setup.credentials ?? metabase.credentials.admin) };
  try {
    const open = () => targets[target](path);
    await sync({ ...engine, writer, redactor, signal: setup.signal }, config, { names: setup.streams, open });
  } catch (thrown) {
    result.error = asEngineError(thrown);
  }
  return result;
}

/** A row as SQL gives it, with the types of its columns. */
export interface Rows {
  types: Record<string, string>;
  rows: Record<string, unknown>[];
}

/** What a target holds, read with SQL. */
export interface Reader {
  readonly query: (sql: string) => Promise<Rows>;
  /** All that is there of a stream. */
  readonly stream: (name: string) => Promise<Rows>;
}

const CSV = `header = true, delim = ',', quote = '"', escape = '"', new_line = '\\r\\n', all_varchar = true, allow_quoted_nulls = false`;

/** Opens what a sync has left, until the test is over. */
export async function open(target: Exclude<TargetName, 'jsonl'>, path: string): Promise<Reader> {
  const instance = await DuckDBInstance.create(target === 'duckdb' ? path : ':memory:');
  const connection = await instance.connect();
  onTestFinished(() => {
    connection.closeSync();
    instance.closeSync();
  });
  const fileOf = (stream: string): string => `'${join(path, `${stream}.${target}`)}'`;
  const sources = {
    duckdb: (stream: string) => `"${stream}"`,
    parquet: fileOf,
    csv: (stream: string) => `read_csv(${fileOf(stream)}, ${CSV}, max_line_size = 10000000)`,
  };

  async function query(sql: string): Promise<Rows> {
    const reader = await connection.runAndReadAll(sql);
    const types = reader.columnTypes().map((type) => type.alias ?? type.toString());
    const named = reader.columnNames().map((name, index) => [name, types[index]]);
    return { types: Object.fromEntries(named) as Record<string, string>, rows: reader.getRowObjects() };
  }

  return { query, stream: (name) => query(`FROM ${sources[target](name)}`) };
}

export const linesOf = (path: string, stream: string): string[] =>
  readFileSync(join(path, `${stream}.jsonl`), 'utf8')
    .split('\n')
    .slice(0, -1);

/** The digits of a number without its sign and exponent and the zeros around them. */
const digitsOf = (text: string): string => text.replaceAll(/[eE].*|[-.]/g, '').replaceAll(/^0+|0+$/g, '');

/** The decimal number that a JSON text is, in one spelling: that of the double, if the double tells all of its digits. */
function decimal(text: string): string {
  const digits = digitsOf(text);
  if (digits === '') return '0';
  const value = Number(text);
  const isDouble =
    digits.length <= 17 && Number.isFinite(value) && digitsOf(value.toPrecision(digits.length)) === digits;
  return isDouble ? String(value) : text;
}

/** A value in the one form that all targets are compared in: numbers as decimals, moments in UTC with microseconds. */
function comparable(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'bigint') return `number ${decimal(String(value))}`;
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof DuckDBDateValue) return value.toString();
  if (isLosslessNumber(value)) return `number ${decimal(value.toString())}`;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, comparable(item)]));
}

const withoutNulls = (record: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));

/** A record as values, without what is null: tables do not tell null from absent. */
export function recordOf(text: string): unknown {
  return comparable(withoutNulls(parseJson(text) as JsonObject));
}

/** The record that a row is made of: what is nested is read again, what is undeclared is put back. */
export function recordOfRow(
  target: TargetName,
  row: Record<string, unknown>,
  types: Rows['types'],
  schema: JsonObject,
): unknown {
  const columns = columnsOf(schema);
  const record: JsonObject = {};
  for (const { name, type } of columns.all) {
    const value = row[name];
    if (value === null || value === undefined) continue;
    const isJson =
      target === 'csv' ? !type.isText : types[name] === 'JSON' || (target === 'parquet' && type.sql === 'JSON');
    if (name === '_undeclared') Object.assign(record, parseJson(value as string));
    else record[name] = isJson ? parseJson(value as string) : value;
  }
  return comparable(withoutNulls(record));
}
