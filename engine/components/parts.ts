// Puts parts of requests together.
import { ConfigError } from '../errors.ts';
import { isJsonObject, type JsonObject } from '../text/json.ts';
import { pythonText } from '../text/python.ts';
import type { PartialParts } from './kinds.ts';

const kinds = ['headers', 'params', 'bodyJson', 'bodyForm'] as const;

/** Both objects in one, and what is an object in both of them too; of equal names the first one wins. */
function mergeObjects(first: JsonObject, second: JsonObject): JsonObject {
  const merged = { ...second, ...first };
  for (const [name, value] of Object.entries(second)) {
    const own = first[name];
    if (isJsonObject(own) && isJsonObject(value)) merged[name] = mergeObjects(own, value);
  }
  return merged;
}

/** All parts in one; of equal names the first one wins. */
export function mergeParts(...all: readonly PartialParts[]): Required<PartialParts> {
  const merged = { headers: {}, params: {}, bodyJson: {}, bodyForm: {} };
  for (const parts of all) {
    for (const kind of kinds) {
      const more = parts[kind];
      if (more && Object.keys(more).length > 0) merged[kind] = mergeObjects(merged[kind], more);
    }
  }
  return merged;
}

/** The object that a template gave. Throws ConfigError when it gave something else. */
export function objectFrom(value: unknown, what: string): JsonObject {
  if (value === undefined || value === null || value === '') return {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as JsonObject;
  throw new ConfigError(`${what} has to be an object, but its template gave "${pythonText(value)}".`);
}
