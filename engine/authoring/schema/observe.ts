// What the values of records look like, field by field: their types, the formats of their texts, what is inside objects and lists.
import { isJsonObject, isLosslessNumber } from '../../text/json.ts';

/** In the order in which a schema names them. */
export const valueTypes = ['boolean', 'integer', 'number', 'string', 'array', 'object'] as const;
export type ValueType = (typeof valueTypes)[number];

/** How all texts of a field are written: the formats that Airbyte knows. */
export type TextFormat = 'date' | 'timestamp with zone' | 'timestamp without zone';

/** What has been seen at one place of the records. */
export interface Observed {
  isNull: boolean;
  readonly types: Set<ValueType>;
  /** Of each text its format; undefined for a text without one. */
  readonly formats: Set<TextFormat | undefined>;
  /** Of the objects here, in the order in which they were first seen. */
  readonly fields: Map<string, Observed>;
  /** Of the elements of all lists here. */
  items: Observed | undefined;
}

const nothingObserved = (): Observed => ({
  isNull: false,
  types: new Set(),
  formats: new Set(),
  fields: new Map(),
  items: undefined,
});

const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?)?$/;

/** The format of a text: it has to be a day of the calendar too. */
function formatOf(text: string): TextFormat | undefined {
  const [, year, month, day, hour, zone] = DATE.exec(text) ?? [];
  if (day === undefined) return undefined;
  const time = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (time.getUTCMonth() !== Number(month) - 1) return undefined;
  if (hour === undefined) return 'date';
  return zone === undefined ? 'timestamp without zone' : 'timestamp with zone';
}

/** The type of a value that is not null. 1.0 is a number: Airbyte takes it for no integer. */
function typeOf(value: unknown): ValueType {
  if (isLosslessNumber(value)) return /[.eE]/.test(value.value) ? 'number' : 'integer';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'boolean';
  return Array.isArray(value) ? 'array' : 'object';
}

/** Notes a value of parseJson. */
function observe(value: unknown, observed: Observed): void {
  if (value === null || value === undefined) {
    observed.isNull = true;
    return;
  }
  observed.types.add(typeOf(value));
  if (typeof value === 'string') observed.formats.add(formatOf(value));
  if (Array.isArray(value)) for (const item of value) observe(item, (observed.items ??= nothingObserved()));
  if (!isJsonObject(value)) return;
  for (const [name, field] of Object.entries(value)) {
    const known = observed.fields.get(name) ?? nothingObserved();
    observed.fields.set(name, known);
    observe(field, known);
  }
}

/** What all the records look like together. */
export function observeAll(records: Iterable<unknown>): Observed {
  const observed = nothingObserved();
  for (const record of records) observe(record, observed);
  return observed;
}
