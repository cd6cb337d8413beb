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

const ONE = new Set([
  'items',
  'additionalItems',
  'additionalProperties',
  'contains',
  'not',
  'if',
  'then',
  'else',
  'propertyNames',
]);
const LISTS = new Set(['allOf', 'anyOf', 'oneOf', 'items', 'prefixItems']);
const MAPS = new Set(['properties', 'patternProperties', 'definitions', '$defs', 'dependencies', 'dependentSchemas']);

export function subschemas(root: unknown): Subschema[] {
  const found: Subschema[] = [];
  const visit = (node: unknown, pointer: string, property?: string, siblings?: readonly string[]): void => {
    if (!isJsonObject(node)) return;
    found.push({ node, pointer, property, siblings });
    for (const [key, value] of Object.entries(node)) {
      if (typeof value !== 'object' || value === null) continue;
      const child = pointerTo(pointer, key);
      if (Array.isArray(value)) {
        if (LISTS.has(key)) value.forEach((item, index) => visit(item, pointerTo(child, index)));
      } else if (ONE.has(key)) visit(value, child);
      else if (MAPS.has(key)) {
        const names = key === 'properties' ? Object.keys(value) : undefined;
        for (const [name, item] of Object.entries(value)) visit(item, pointerTo(child, name), names && name, names);
      }
    }
  };
  visit(root, '');
  return found;
}

/** The JSON types that a schema allows, also by its alternatives; none when it does not say. */
export function typesOf({ type, anyOf, oneOf }: JsonObject): string[] {
  const own = [type ?? []].flat().filter((name) => typeof name === 'string');
  const others = [anyOf ?? [], oneOf ?? []].flat().filter(isJsonObject);
  return [...new Set([...own, ...others.flatMap(typesOf)])];
}
