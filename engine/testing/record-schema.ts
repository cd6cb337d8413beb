// Holds records against the JSON Schema of their stream: what is not valid, and which fields it does not name.
import { Ajv } from 'ajv';
import { isJsonObject, type JsonObject, stringifyJson } from '../text/json.ts';

/** So many invalid records are told. */
const MOST_TOLD = 3;

/** The paths of fields that a value has and the schema does not name, wherever the schema names any. */
function* undeclaredIn(value: unknown, schema: unknown, path = ''): Generator<string> {
  if (!isJsonObject(schema)) return;
  if (Array.isArray(value)) for (const item of value) yield* undeclaredIn(item, schema['items'], `${path}[]`);
  const { properties, additionalProperties } = schema;
  if (!isJsonObject(properties) || !isJsonObject(value) || isJsonObject(additionalProperties)) return;
  for (const [name, field] of Object.entries(value)) {
    const fieldPath = path === '' ? name : `${path}.${name}`;
    if (Object.hasOwn(properties, name)) yield* undeclaredIn(field, properties[name], fieldPath);
    else yield fieldPath;
  }
}

export const undeclaredFields = (records: readonly unknown[], schema: JsonObject): string[] =>
  [...new Set(records.flatMap((record) => [...undeclaredIn(record, schema)]))].sort();

/** A sentence for each of the first invalid records. */
export function invalidRecords(records: readonly unknown[], schema: JsonObject): string[] {
  const isValid = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
  const problems = records.flatMap((record, index) => {
    // Digits do not matter to a schema, and it knows no number that keeps them.
    if (isValid(JSON.parse(stringifyJson(record)))) return [];
    const errors = (isValid.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message ?? ''}`);
    return [`record ${index + 1} is not valid against the schema of its stream: ${errors.join('; ')}`];
  });
  const more = problems.length - MOST_TOLD;
  return more > 0 ? [...problems.slice(0, MOST_TOLD), `${more} more records are not valid`] : problems;
}
