// How a declared schema differs from what the records are: fields that are missing in it, that have another type, that no record has.
import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type JsonObject } from '../../text/json.ts';
import { schemaOf } from './infer-schema.ts';
import type { Observed } from './observe.ts';

export interface Difference {
  readonly kind: 'missing' | 'wrong' | 'unused';
  /** Names on the way to the field; [] stands for the elements of a list. */
  readonly path: readonly string[];
  /** As it is declared. */
  readonly declared: JsonObject | undefined;
  /** As it should be: what is missing, or takes the place of what is wrong. */
  readonly schema: JsonObject;
}

const inside = (schema: JsonObject): JsonObject => (isJsonObject(schema['properties']) ? schema['properties'] : {});
const itemsOf = (schema: JsonObject | undefined): JsonObject | undefined =>
  isJsonObject(schema?.['items']) ? schema['items'] : undefined;

const says = ({ type, format, airbyte_type: airbyteType }: JsonObject): unknown => [type, format, airbyteType];

function* inField(
  declared: JsonObject,
  schema: JsonObject,
  seen: Observed,
  path: readonly string[],
): Generator<Difference> {
  if (!isDeepStrictEqual(says(declared), says(schema))) {
    yield { kind: 'wrong', path, declared, schema };
    return;
  }
  if (isJsonObject(declared['properties'])) yield* inObject(declared, schema, seen, path);
  const [items, found] = [itemsOf(declared), itemsOf(schema)];
  if (items && found && seen.items) yield* inField(items, found, seen.items, [...path, '[]']);
}

function* inObject(
  declared: JsonObject,
  schema: JsonObject,
  { fields }: Observed,
  path: readonly string[],
): Generator<Difference> {
  const known = inside(declared);
  for (const [name, field] of Object.entries(inside(schema))) {
    if (!isJsonObject(field)) continue;
    const seen = fields.get(name);
    const own = Object.hasOwn(known, name) ? known[name] : undefined;
    const at = [...path, name];
    if (own === undefined) yield { kind: 'missing', path: at, declared: undefined, schema: field };
    else if (!seen) yield { kind: 'unused', path: at, declared: isJsonObject(own) ? own : undefined, schema: field };
    else if (isJsonObject(own)) yield* inField(own, field, seen, at);
  }
}

/** In the order of the schema that the records lead to. */
export function compareSchema(declared: JsonObject, seen: Observed): Difference[] {
  return [...inObject(declared, schemaOf(seen, declared), seen, [])];
}
