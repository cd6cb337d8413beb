// How the usage analytics are read: the models among the cards of their database, and their rows through the JSON export.
import { forbidden, json, jsonArray, notFound, type Reply } from '../reply.ts';
import { recordedRows } from '../recordings.ts';
import type { Row } from '../row.ts';
import type { UserVisit } from '../router.ts';
import { USAGE_DATABASE_ID, USAGE_MODELS, usageRows, type UsageModel } from '../world/usage.ts';

/** Of `GET /api/card?f=database&model_id=…`: without the paid edition that database does not exist (S). */
export function usageCards({ world, person }: UserVisit): Reply {
  if (world.isLegacy || world.settings.edition === 'oss') return notFound();
  if (!person.isSuperuser) return forbidden();
  const [shape] = recordedRows('admin/card');
  const rows = USAGE_MODELS.map(({ cardId: id, entityId, name }) => {
    return { ...shape, id, name, entity_id: entityId, type: 'model', database_id: USAGE_DATABASE_ID };
  });
  return json(rows);
}

/** What the models are asked with: MBQL 4, as `filter`, `order-by` and `limit` say. */
type Query = { 'source-table'?: string; filter?: Condition; 'order-by'?: unknown; limit?: number };
type Field = [kind: string, name: string, options: unknown];
type Condition = ['and', ...Condition[]] | [keyof typeof COMPARISONS, Field, number | string];

const COMPARISONS = {
  '>': (left: number, right: number) => left > right,
  '>=': (left: number, right: number) => left >= right,
  '<': (left: number, right: number) => left < right,
  '<=': (left: number, right: number) => left <= right,
};

/** Of `POST /api/dataset/json` for the usage database; undefined for another one. */
export function usageExport({ world, person }: UserVisit, asked: Row): Reply | undefined {
  const { database, query } = (asked.query ?? {}) as { database?: number; query?: Query };
  if (database !== USAGE_DATABASE_ID) return undefined;
  if (world.isLegacy || world.settings.edition === 'oss') return notFound();
  if (!person.isSuperuser) return failed('You do not have access to the audit database');
  const model = USAGE_MODELS.find(({ cardId }) => query?.['source-table'] === `card__${cardId}`);
  if (!model || !query) return failed('Audit queries are only allowed on audit views');
  try {
    const rows = answered(model, usageRows(model, world.settings), query);
    return jsonArray(asked.format_rows === false ? rows : rows.map(formatted));
  } catch (error) {
    return failed(`Error preprocessing query: ${String(error)}`);
  }
}

/** A query that fails is an object in place of the list, and the status says nothing of it (R). */
function failed(error: string): Reply {
  return json({ database_id: USAGE_DATABASE_ID, status: 'failed', error, data: { rows: [], cols: [] }, row_count: 0 });
}

function answered(model: UsageModel, rows: Row[], { filter, 'order-by': order, limit = Infinity }: Query): Row[] {
  const [[direction, by]] = order as [[string, Field]];
  const sorted = rows.toSorted(
    (one, other) => comparable(valueIn(model, one, by)) - comparable(valueIn(model, other, by)),
  );
  const ordered = direction === 'desc' ? sorted.reverse() : sorted;
  return ordered.filter((row) => !filter || holds(model, row, filter)).slice(0, limit);
}

function holds(model: UsageModel, row: Row, condition: Condition): boolean {
  if (condition[0] === 'and') return condition.slice(1).every((part) => holds(model, row, part as Condition));
  const [operator, field, operand] = condition as [keyof typeof COMPARISONS, Field, unknown];
  return COMPARISONS[operator](comparable(valueIn(model, row, field)), comparable(operand));
}

/** Queries name columns as the database does, exports as people read them. */
function valueIn({ columns }: UsageModel, row: Row, [kind, name]: Field): unknown {
  const column = Object.keys(columns).find((one) => one.toLowerCase().replaceAll(' ', '_') === name);
  if (kind !== 'field' || column === undefined) throw new Error(`no column ${name}`);
  return row[column];
}

function comparable(value: unknown): number {
  const number = typeof value === 'number' ? value : Date.parse(String(value));
  if (Number.isNaN(number)) throw new Error(`cannot compare ${String(value)}`);
  return number;
}

/** Without `format_rows=false` every value is text for people. */
function formatted(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value === null ? '' : String(value as string | number | boolean),
    ]),
  );
}
