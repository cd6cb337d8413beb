// Where the records stand in a reply: found by looking, cut down for a test.
import { ConfigError } from '../../errors.ts';
import { isJsonObject } from '../../text/json.ts';

/** A test shows enough with so many records. */
const MOST_RECORDS = 2;

const isListOfObjects = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((item) => isJsonObject(item));

/** The path of the records in a body that somebody looks at. Throws ConfigError when more than one is possible. */
export function recordsAt(body: unknown): string[] {
  if (!isJsonObject(body)) return [];
  const lists = Object.entries(body).filter(([, value]) => isListOfObjects(value));
  // A list without records is one only when there is no other.
  const names = (lists.length > 0 ? lists : Object.entries(body).filter(([, value]) => Array.isArray(value))).map(
    ([name]) => name,
  );
  if (names.length < 2) return names;
  throw new ConfigError(
    `The reply has several lists: ${names.join(', ')}. Say which of them has the records: --records-at ${names[0] ?? ''}.`,
  );
}

/** The body with `change` done to what stands at a path, `*` meaning every value. */
function changed(body: unknown, [key, ...rest]: readonly string[], change: (value: unknown) => unknown): unknown {
  if (key === undefined) return change(body);
  const isMeant = (name: string): boolean => key === '*' || name === key;
  if (Array.isArray(body)) return key === '*' ? body.map((item) => changed(item, rest, change)) : body;
  if (!isJsonObject(body)) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, isMeant(name) ? changed(value, rest, change) : value]),
  );
}

const cutTo = (count: number) => (value: unknown) => (Array.isArray(value) ? value.slice(0, count) : value);

/** The body with a few records, to look at. */
export const trimmed = (body: unknown, path: readonly string[]): unknown => changed(body, path, cutTo(MOST_RECORDS));

/** The body without a record. */
export const emptied = (body: unknown, path: readonly string[]): unknown => changed(body, path, cutTo(0));

/** A body with these records at a path. */
export const wrapped = (records: readonly unknown[], path: readonly string[]): unknown =>
  path.reduceRight<unknown>((inner, key) => (key === '*' ? [inner] : { [key]: inner }), records);
