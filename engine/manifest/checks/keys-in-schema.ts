// Whether the primary key and the cursor of a stream are in its schema, and can be what they are to be.
import { isJsonObject, type JsonObject } from '../../text/json.ts';
import { pointerTo } from '../origins.ts';
import { didYouMean } from '../suggest.ts';
import type { Check, FoundStream, Finding } from './check.ts';
import { typesOf } from './subschemas.ts';

type Path = { readonly keys: readonly string[]; readonly pointer: string };

/** The paths of a primary key, however it is written. */
function keyPaths(key: unknown, pointer: string): Path[] {
  if (typeof key === 'string') return [{ keys: [key], pointer }];
  if (!Array.isArray(key)) return [];
  return key.map((part: unknown, index) => ({
    keys: [part].flat().filter((name) => typeof name === 'string'),
    pointer: pointerTo(pointer, index),
  }));
}

/** The properties of an object's schema; of several schemas all of them. */
function propertiesOf(schemas: readonly unknown[]): JsonObject {
  const found = schemas.filter(isJsonObject).map(({ properties }) => properties);
  const [first] = found;
  return found.length === 1 && isJsonObject(first) ? first : (Object.assign({}, ...found) as JsonObject);
}

/** The schema of a field; undefined with the names that are known where the path ends. */
function fieldAt(schemas: readonly JsonObject[], keys: readonly string[]): { field?: unknown; known: string[] } {
  let found: readonly unknown[] = schemas;
  let properties: JsonObject = {};
  for (const key of keys) {
    properties = propertiesOf(found);
    found = [properties[key]];
  }
  return { field: found[0], known: Object.keys(properties) };
}

function* problemsOf(
  { name, schemas }: FoundStream,
  { keys, pointer }: Path,
  as: 'primary key' | 'cursor',
): Generator<Omit<Finding, 'place'> & { pointer: string }> {
  const found = schemas.map(({ schema }) => schema);
  const path = keys.join('.');
  // Where nothing is declared, or further fields are made of the server's answer, nothing can be said.
  if (path === '' || Object.keys(propertiesOf(found)).length === 0) return;
  const code = as === 'cursor' ? 'cursor-schema' : 'primary-key-schema';
  const { field, known } = fieldAt(found, keys);
  if (field === undefined) {
    const message = `the ${as} "${path}" is not in the schema of stream "${name}"`;
    yield { code, pointer, message, hint: didYouMean(keys.at(-1) ?? '', known) };
    return;
  }
  const nested = isJsonObject(field) ? typesOf(field).filter((type) => type === 'object' || type === 'array') : [];
  if (as === 'cursor' || nested.length === 0) return;
  yield {
    code,
    pointer,
    message: `the primary key "${path}" of stream "${name}" is ${nested.join(' or ')} in its schema`,
  };
}

export const keysInSchema: Check = {
  problems: {
    'primary-key-schema': {
      severity: 'warning',
      summary: 'The primary key is not in the schema of the stream, or is an object or an array there.',
      help: 'A destination cannot tell records apart by it, and keeps each of them twice. Declare the field in the schema.',
    },
    'cursor-schema': {
      severity: 'warning',
      summary: 'The cursor is not in the schema of the stream.',
      help: 'A destination cannot tell which of two records is the newer one. Declare the field in the schema.',
    },
  },
  *find({ streams, placeOf }) {
    for (const stream of streams) {
      const { node, pointer } = stream;
      const cursor = isJsonObject(node['incremental_sync']) ? node['incremental_sync']['cursor_field'] : undefined;
      const isConstant = typeof cursor === 'string' && !cursor.includes('{{');
      const found = [
        ...keyPaths(node['primary_key'], `${pointer}/primary_key`).flatMap((path) => [
          ...problemsOf(stream, path, 'primary key'),
        ]),
        ...(isConstant
          ? problemsOf(stream, { keys: [cursor], pointer: `${pointer}/incremental_sync/cursor_field` }, 'cursor')
          : []),
      ];
      for (const { pointer: at, ...finding } of found) yield { ...finding, place: placeOf(at) };
    }
  },
};
