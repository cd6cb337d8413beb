// Records as a table: the fields that fit, the key first, those that say something before those that do not.
import { isLosslessNumber, type JsonObject, stringifyJson } from '../../text/json.ts';
import { counted, cut, onOneLine, padEnd, padStart, type Screen, widthOf, wrapped } from './text.ts';

const WIDEST = 32;
/** Fields by which people know a record. */
const TELLING = /^(.*_)?(name|title|email|label)$/;
const GAP = '  ';

interface Column {
  readonly name: string;
  readonly cells: readonly string[];
  readonly isNumeric: boolean;
  readonly width: number;
  /** Lower comes first. */
  readonly rank: number;
}

const isNumber = (value: unknown): boolean => typeof value === 'number' || isLosslessNumber(value);

function cellOf(value: unknown): string {
  if (value === undefined) return '';
  return cut(onOneLine(typeof value === 'string' ? value : stringifyJson(value)), WIDEST);
}

function rankOf(name: string, isEmpty: boolean, isNested: boolean): number {
  if (isEmpty || isNested) return isEmpty ? 4 : 3;
  return TELLING.test(name) ? 1 : 2;
}

function columnOf(name: string, records: readonly JsonObject[], keys: ReadonlySet<string>): Column {
  const values = records.map((record) => record[name]);
  const told = values.filter((value) => value !== null && value !== undefined);
  const cells = values.map(cellOf);
  const isNested = told.some((value) => typeof value === 'object' && !isLosslessNumber(value));
  return {
    ...{ name, cells, isNumeric: told.length > 0 && told.every(isNumber) },
    width: Math.max(...[name, ...cells].map(widthOf)),
    rank: keys.has(name) ? 0 : rankOf(name, told.length === 0, isNested),
  };
}

/** The columns that fit side by side, in the order of the records' fields but for the key. */
function fitting(columns: readonly Column[], width: number): Column[] {
  const order = columns.toSorted((left, right) => left.rank - right.rank);
  const chosen = new Set<Column>();
  let used = -GAP.length;
  for (const column of order) {
    if (used + GAP.length + column.width > width) continue;
    used += GAP.length + column.width;
    chosen.add(column);
  }
  return [...columns.filter(({ rank }) => rank === 0), ...columns.filter(({ rank }) => rank > 0)].filter((column) =>
    chosen.has(column),
  );
}

export function recordsTable(records: readonly JsonObject[], primaryKey: readonly string[], screen: Screen): string[] {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const keys = new Set(primaryKey);
  const columns = names.map((name) => columnOf(name, records, keys));
  const shown = fitting(columns, screen.width);
  const row = (textOf: (column: Column) => string): string =>
    shown
      .map((column) => (column.isNumeric ? padStart : padEnd)(textOf(column), column.width))
      .join(GAP)
      .trimEnd();
  const others = columns.filter((column) => !shown.includes(column)).map(({ name }) => onOneLine(name));
  const more =
    others.length === 0
      ? []
      : wrapped(`and ${counted(others.length, 'more field')}: ${others.join(', ')}`.split(' '), screen.width);
  return [
    screen.paint(
      'bold',
      row(({ name }) => onOneLine(name)),
    ),
    ...records.map((_, index) => row(({ cells }) => cells[index] ?? '')),
    ...more.map((line) => screen.paint('dim', line)),
  ];
}
