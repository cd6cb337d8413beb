// Checks values against JSON Schemas that are known only at run time. Slow to load: import it where it is needed.
import { Ajv, type ErrorObject } from 'ajv';
import type { JsonObject } from './json.ts';

function complaint({ keyword, params, instancePath, message }: ErrorObject): string {
  const path = instancePath
    .slice(1)
    .split('/')
    .filter((key) => key !== '');
  if (keyword === 'required') return `"${[...path, String(params['missingProperty'])].join('.')}" is missing`;
  return `${path.length === 0 ? 'the whole' : `"${path.join('.')}"`} ${message ?? 'is not right'}`;
}

/** The schema is taken as it is: compiling the schema of schemas to check it takes longer than all the rest. */
const options = { strict: false, allErrors: true, validateFormats: false, validateSchema: false, meta: false };

/** What is wrong with a value, a phrase for each field; the value itself is not told. Nothing when it fits. */
export function complaintsAbout(value: unknown, schema: JsonObject): string[] {
  const isValid = new Ajv(options).compile(schema);
  return isValid(value) ? [] : [...new Set((isValid.errors ?? []).map(complaint))];
}
