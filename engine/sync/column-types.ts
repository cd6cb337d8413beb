// What a column may hold: its type in SQL, and which JSON values fit it without losing anything.

/** A value as a vector of its type takes it. */
export type Value = string | number | bigint | boolean | { readonly micros: bigint } | { readonly days: number };

export interface ColumnType {
  readonly sql: string;
  /** Whether its values are texts in JSON. */
  readonly isText: boolean;
  /** The value of a JSON text; undefined when it does not fit. */
  readonly read: (json: string) => Value | undefined;
  /** SQL that makes JSON of a value in this column. */
  readonly toJson: (column: string) => string;
}

const LONE_SURROGATE = /\p{Surrogate}/u;

/** The text that a JSON text stands for; undefined for what is no text, and for one that UTF-8 cannot hold. */
export function textOf(json: string): string | undefined {
  if (!json.startsWith('"')) return undefined;
  if (!json.includes('\\')) return json.slice(1, -1);
  const text = JSON.parse(json) as string;
  return LONE_SURROGATE.test(text) ? undefined : text;
}

/** A whole number of so many characters is exact as a double. */
const SAFE_LENGTH = 15;

function integerOf(json: string): bigint | undefined {
  const digits = /^(-?\d+)(?:\.0+)?$/.exec(json)?.[1];
  if (digits === undefined) return undefined;
  if (digits.length <= SAFE_LENGTH) return BigInt(Number(digits));
  const value = BigInt(digits);
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

/** The digits of a number without the zeros around them, and without its exponent. */
const digitsOf = (json: string): string => json.replaceAll(/[eE].*|[-.]/g, '').replaceAll(/^0+|0+$/g, '');

/** What a double always tells apart is written with at most so many digits. */
const MOST_DIGITS = 17;

/** A double, if it says all digits that are written: 1.10 and 0.1 fit, 0.12345678901234567891 does not. */
function doubleOf(json: string): number | undefined {
  const value = Number(json);
  if (String(value) === json) return value;
  if (!/^-?\d/.test(json) || !Number.isFinite(value)) return undefined;
  const digits = digitsOf(json);
  if (digits === '') return value;
  const isExact = digits.length <= MOST_DIGITS && digitsOf(value.toPrecision(digits.length)) === digits;
  return isExact ? value : undefined;
}

const DAY_MS = 86_400_000;
const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::?(\d\d))?(?:\.(\d{1,6})0*)?(Z|[+-]\d\d:?\d\d)?$/i;

/** The microseconds since the epoch of an ISO 8601 text that has a zone, or has none, as asked. */
function microsOf(json: string, hasZone: boolean): { micros: bigint } | undefined {
  const [, day = '', minutes = '', seconds = '00', fraction = '', zone] = ISO.exec(textOf(json) ?? '') ?? [];
  if ((zone !== undefined) !== hasZone) return undefined;
  const local = `${day}T${minutes}:${seconds}`;
  const milliseconds = Date.parse(`${local}Z`);
  // The 30th of February would become a day of March.
  if (Number.isNaN(milliseconds) || new Date(milliseconds).toISOString().slice(0, local.length) !== local)
    return undefined;
  const [, sign = '+', hours = '0', more = '0'] = /([+-])(\d\d):?(\d\d)/.exec(zone ?? '') ?? [];
  const offset = (Number(hours) * 60 + Number(more)) * 60_000 * (sign === '-' ? -1 : 1);
  return { micros: BigInt(milliseconds - offset) * 1000n + BigInt(fraction.padEnd(6, '0')) };
}

function daysOf(json: string): { days: number } | undefined {
  const text = textOf(json) ?? '';
  const milliseconds = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  if (Number.isNaN(milliseconds) || !new Date(milliseconds).toISOString().startsWith(text)) return undefined;
  return { days: milliseconds / DAY_MS };
}

const booleans: Readonly<Record<string, boolean>> = { true: true, false: false };
const toJson = (column: string): string => `to_json(${column})`;
const moment = (column: string, zone: string): string =>
  `to_json(strftime(make_timestamp(epoch_us(${column})), '%Y-%m-%dT%H:%M:%S.%f${zone}'))`;

export const columnTypes = {
  integer: { sql: 'BIGINT', isText: false, read: integerOf, toJson },
  number: { sql: 'DOUBLE', isText: false, read: doubleOf, toJson },
  boolean: { sql: 'BOOLEAN', isText: false, read: (json) => booleans[json], toJson },
  text: { sql: 'VARCHAR', isText: true, read: textOf, toJson },
  date: { sql: 'DATE', isText: true, read: daysOf, toJson },
  timestamp: {
    sql: 'TIMESTAMP',
    isText: true,
    read: (json) => microsOf(json, false),
    toJson: (column) => moment(column, ''),
  },
  timestampWithZone: {
    sql: 'TIMESTAMPTZ',
    isText: true,
    read: (json) => microsOf(json, true),
    toJson: (column) => moment(column, 'Z'),
  },
  /** Whatever it is, with the bytes it came in. */
  json: { sql: 'JSON', isText: false, read: (json) => json, toJson: (column) => column },
} satisfies Record<string, ColumnType>;
