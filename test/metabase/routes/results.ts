// Results of queries on the simulator's own tables: at most 2,000 rows as a query's reply, all of them as an export.
import { bodyText, exchange, recordedRow } from '../recordings.ts';
import { json, JSON_TYPE, jsonArray, text, type Reply } from '../reply.ts';
import type { Row } from '../row.ts';
import type { UserVisit } from '../router.ts';
import { resultOfMbql, resultOfSql, type Result } from '../world/results.ts';

const MOST_ROWS = 2000;

/** A query as it is sent: MBQL 4, or with the stages of MBQL 5. */
export type Query = {
  database?: number;
  native?: { query: string };
  query?: Row;
  stages?: Row[];
  constraints?: { 'max-results'?: number };
};

/** What the simulator's tables answer; undefined for a query that is not understood. `format` is that of an export. */
export function resultReply(visit: UserVisit, query: Query, format: string | undefined): Reply | undefined {
  const [stage = {}] = query.stages ?? [];
  const sql = query.native?.query ?? (stage.native as string | undefined);
  const result = typeof sql === 'string' ? resultOfSql(sql) : resultOfMbql(query.query ?? stage);
  if (!result || (format !== undefined && format !== 'json')) return undefined;
  if ('missing' in result) return failed(result.missing, format);
  return format === 'json' ? exported(visit, result) : queried(query, result);
}

/** The recorded failure, of another table. */
function failed(name: string, format: string | undefined): Reply {
  const recorded = exchange(format === 'json' ? 'query/export_json_sql_error' : 'query/dataset_sql_error');
  const body = bodyText(recorded).replaceAll('NOPE', name).replaceAll('from nope', `from ${name.toLowerCase()}`);
  return { status: recorded.status, type: JSON_TYPE, body };
}

/** Keyed by display names; of two columns of one name the later one stays. 0.43 says 202 (R: 0.35). */
function exported({ world }: UserVisit, { columns, count, valuesAt, shownAs }: Result): Reply {
  const hidden = new Set(columns.flatMap(({ name }) => shownAs.get(name) ?? []));
  function* rows() {
    for (let index = 0; index < count; index += 1) {
      const values = new Map(valuesAt(index).map((value, at) => [columns[at]?.name ?? '', value]));
      const shown = columns.filter(({ name }) => !hidden.has(name));
      yield Object.fromEntries(
        shown.map(({ name, display_name }) => [display_name, values.get(shownAs.get(name) ?? name)]),
      );
    }
  }
  return { ...jsonArray(rows()), status: world.isLegacy ? 202 : 200 };
}

/** Rows as lists, cut at 2,000 or what the query's constraints allow; timestamps without a zone say Z here. */
function queried({ constraints }: Query, { columns, count, valuesAt }: Result): Reply {
  const most = constraints?.['max-results'] ?? MOST_ROWS;
  const rows = Array.from({ length: Math.min(count, most) }, (_, index) =>
    valuesAt(index).map((value, at) => (columns[at]?.base_type === 'type/DateTime' ? `${String(value)}Z` : value)),
  );
  const recorded = recordedRow('query/dataset_native');
  const cut = count > most ? { rows_truncated: most } : {};
  const data = { ...(recorded.data as Row), rows, cols: columns, results_metadata: { columns }, ...cut };
  return json({ ...recorded, data, row_count: rows.length }, 202);
}

/** 0.43 reads a form only (R); its words are not recorded (U). */
export const formOnly = (): Reply => text('query is required.', 400);
