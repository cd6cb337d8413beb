// Paths into JSON values, as the manifest writes them: a list of keys, with `*` for every child and `**` for every depth.
import { JSONPath } from 'jsonpath-plus';

const wildcards: Readonly<Record<string, string>> = { '*': '*', '**': '..' };

/** True when a path can match more than one place. */
export function hasWildcard(path: readonly string[]): boolean {
  return path.some((key) => key in wildcards);
}

/** All values that a path matches, in document order; none when it matches nothing. */
export function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  if (!hasWildcard(path)) {
    const found = valueAt(value, path);
    return found === undefined ? [] : [found];
  }
  if (typeof value !== 'object' || value === null) return [];
  // A back-tick makes jsonpath-plus take the key literally.
  const jsonPath = ['$', ...path.map((key) => wildcards[key] ?? `\`${key}`)];
  return JSONPath<unknown[]>({ json: value, path: jsonPath, wrap: true, eval: false });
}

/** The value a path leads to, the first one if there are several; undefined when there is none. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  if (hasWildcard(path)) return valuesAt(value, path)[0];
  return path.reduce<unknown>(
    (parent, key) =>
      typeof parent === 'object' && parent !== null && Object.hasOwn(parent, key)
        ? (parent as Record<string, unknown>)[key]
        : undefined,
    value,
  );
}
