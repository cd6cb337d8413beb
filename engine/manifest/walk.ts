// Finds the components that a component holds, by the description of its fields.
import { isJsonObject, type JsonObject } from '../text/json.ts';
import type { FieldSchema } from '../field-schema.ts';
import type { ComponentDescription } from './language.ts';
import { pointerTo } from './origins.ts';

/** A component inside another one. */
export interface Held {
  readonly pointer: string;
  readonly node: unknown;
  readonly slot: NonNullable<FieldSchema['x-slot']>;
}

/** A component of a manifest. */
export interface FoundComponent {
  readonly description: ComponentDescription;
  readonly node: JsonObject;
  readonly pointer: string;
}

/** A field that a component has. */
export interface FoundField {
  readonly key: string;
  readonly schema: FieldSchema;
}

/** The fields of a component that are described, in the order in which they are written. */
export function fieldsOf(node: JsonObject, { fields }: ComponentDescription): FoundField[] {
  const found: FoundField[] = [];
  for (const key of Object.keys(node)) {
    const schema = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (schema) found.push({ key, schema });
  }
  return found;
}

/** Whether a field may hold components. */
export const isHolder = (schema: FieldSchema): boolean => (schema['x-slot'] ?? schema.properties) !== undefined;

/** The components that the field `key` of `parent` holds, in order; nothing when the value has not the field's shape. */
export function heldBy(parent: JsonObject, key: string, schema: FieldSchema, pointer: string): Held[] {
  const found: Held[] = [];
  if (!isHolder(schema)) return found;
  mapHeld(parent[key], schema, pointer, (held) => {
    found.push(held);
    return held.node;
  });
  return found;
}

/** The value of a field with other things in place of the components it holds; the same value when none is another one. */
export function mapHeld(
  value: unknown,
  schema: FieldSchema,
  pointer: string,
  change: (held: Held) => unknown,
): unknown {
  const slot = schema['x-slot'];
  if (slot) {
    const isMany = Array.isArray(value) ? slot.shape !== 'one' && slot.shape !== 'map' : slot.shape === 'map';
    if (!isMany) return value === undefined || slot.shape === 'list' ? value : change({ pointer, node: value, slot });
    return mapItems(value, (node, name) => change({ pointer: pointerTo(pointer, name), node, slot }));
  }
  const { properties } = schema;
  if (!properties || !isJsonObject(value)) return value;
  return mapItems(value, (item, name) => {
    const inner = properties[name];
    return inner === undefined ? item : mapHeld(item, inner, pointerTo(pointer, name), change);
  });
}

/** A list or an object with other items; the same one when none is another one. */
function mapItems(value: unknown, change: (item: unknown, key: string) => unknown): unknown {
  if (Array.isArray(value)) {
    const items: unknown[] = value.map((item, index) => change(item, String(index)));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (!isJsonObject(value)) return value;
  const before = Object.entries(value);
  const after = before.map(([key, item]) => [key, change(item, key)] as const);
  if (after.every(([, item], index) => item === before[index]?.[1])) return value;
  return Object.fromEntries(after);
}

/** Calls back for every template of a field: each place where the description says that text may be one. */
export function visitTemplates(
  value: unknown,
  schema: FieldSchema,
  pointer: string,
  seen: (template: NonNullable<FieldSchema['x-template']>, value: unknown, pointer: string) => void,
): void {
  if (schema['x-template'] && !(schema['x-slot'] && isJsonObject(value))) {
    seen(schema['x-template'], value, pointer);
    return;
  }
  if (schema.items && Array.isArray(value)) {
    const { items } = schema;
    value.forEach((item, index) => visitTemplates(item, items, pointerTo(pointer, index), seen));
  }
  if (schema.properties && isJsonObject(value)) {
    for (const [name, inner] of Object.entries(schema.properties)) {
      visitTemplates(value[name], inner, pointerTo(pointer, name), seen);
    }
  }
}
