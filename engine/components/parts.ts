// Puts parts of requests together.
import { ConfigError } from '../errors.ts';
import type { JsonObject } from '../text/json.ts';
import { pythonText } from '../text/python.ts';
import type { PartialParts } from './kinds.ts';

const kinds = ['headers', 'params', 'bodyJson', 'bodyForm'] as const;

/** All parts in one; of equal names the first one wins. */
export function mergeParts(...all: readonly PartialParts[]): Required<PartialParts> {
  const merged = { headers: {}, params: {}, bodyJson: {}, bodyForm: {} };
  for (const parts of all) for (const kind of kinds) merged[kind] = { ...parts[kind], ...merged[kind] };
  return merged;
}

/** The object that a template gave. Throws ConfigError when it gave something else. */
export function objectFrom(value: unknown, what: string): JsonObject {
  if (value === undefined || value === null || value === '') return {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as JsonObject;
  throw new ConfigError(`${what} has to be an object, but its template gave "${pythonText(value)}".`);
}
