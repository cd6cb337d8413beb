// Comparing JSON values: their canonical text, and the values that have at least what is expected.
import { isJsonObject, stringifyJson } from '../text/json.ts';

/** A value whose objects have their keys in one order. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

/** One text for values that are equal but for the order of their keys. */
export const sortedKeys = (value: unknown): string => stringifyJson(sorted(value));

/** What an expected value tells of an actual one: of objects only the expected keys, of lists all items. */
export function told(expected: unknown, actual: unknown): unknown {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    return actual.map((item: unknown, index) => (index < expected.length ? told(expected[index], item) : item));
  }
  if (!isJsonObject(expected) || !isJsonObject(actual)) return actual;
  const known = Object.keys(expected).filter((key) => Object.hasOwn(actual, key));
  return Object.fromEntries(known.map((key) => [key, told(expected[key], actual[key])]));
}

/** Whether a value has at least what is expected: objects may have more keys. */
export const contains = (actual: unknown, expected: unknown): boolean =>
  sortedKeys(told(expected, actual)) === sortedKeys(expected);
