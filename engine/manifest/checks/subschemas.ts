// The schemas inside a JSON Schema, by their pointers, itself first. What stands in enum, const, default and examples is data.
import { isJsonObject, type JsonObject } from '../../text/json.ts';
import { pointerTo } from '../origins.ts';

export interface Subschema {
  readonly node: JsonObject;
  readonly pointer: string;
  /** Its name, if it is the schema of a property, and those beside it. */
  readonly property?: string | undefined;
  readonly siblings?: readonly string[] | undefined;
}

const ONE = [
  'items',
  'additionalItems',
  'additionalProperties',
  'contains',
  'not',
  'if',
  'then',
  'else',
  'propertyNames',
];
const LISTS = ['allOf', 'anyOf', 'oneOf', 'items', 'prefixItems'];
const MAPS = ['properties', 'patternProperties', 'definitions', '$defs', 'dependencies', 'dependentSchemas'];

export function* subschemas(node: unknown, pointer = '', property?: string, siblings?: string[]): Generator<Subschema> {
  if (!isJsonObject(node)) return;
  yield { node, pointer, property, siblings };
  for (const key of ONE) yield* subschemas(node[key], pointerTo(pointer, key));
  for (const key of LISTS) {
    const list = node[key];
    if (!Array.isArray(list)) continue;
    for (const [index, item] of list.entries()) yield* subschemas(item, pointerTo(pointerTo(pointer, key), index));
  }
  for (const key of MAPS) {
    const map = node[key];
    if (!isJsonObject(map)) continue;
    const names = Object.keys(map);
    for (const name of names) {
      const isProperty = key === 'properties';
      const child = pointerTo(pointerTo(pointer, key), name);
      yield* subschemas(map[name], child, isProperty ? name : undefined, isProperty ? names : undefined);
    }
  }
}

/** The JSON types that a schema allows, also by its alternatives; none when it does not say. */
export function typesOf({ type, anyOf, oneOf }: JsonObject): string[] {
  const own = [type ?? []].flat().filter((name) => typeof name === 'string');
  const others = [anyOf ?? [], oneOf ?? []].flat().filter(isJsonObject);
  return [...new Set([...own, ...others.flatMap(typesOf)])];
}
