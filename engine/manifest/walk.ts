// Finds the components that a component holds, by the description of its fields.
import { isJsonObject, type JsonObject } from '../text/json.ts';
import type { FieldSchema } from '../field-schema.ts';
import { pointerTo } from './origins.ts';

/** A component inside another one. */
export interface Held {
  readonly pointer: string;
  readonly node: unknown;
  readonly slot: NonNullable<FieldSchema['x-slot']>;
  /** Puts something else in its place. */
  replace(node: unknown): void;
}

function heldIn(container: JsonObject | unknown[], pointer: string, slot: Held['slot']): Held[] {
  return Object.entries(container).map(([key, node]) => ({
    pointer: pointerTo(pointer, key),
    node,
    slot,
    replace: (other) => Object.assign(container, { [key]: other }),
  }));
}

/** The components that the field `key` of `parent` holds, in order; nothing when the value has not the field's shape. */
export function heldBy(parent: JsonObject, key: string, schema: FieldSchema, pointer: string): Held[] {
  const value = parent[key];
  const slot = schema['x-slot'];
  if (slot) {
    const isMany = Array.isArray(value) ? slot.shape !== 'one' && slot.shape !== 'map' : slot.shape === 'map';
    if (isMany) return isJsonObject(value) || Array.isArray(value) ? heldIn(value, pointer, slot) : [];
    return value === undefined || slot.shape === 'list'
      ? []
      : [{ pointer, node: value, slot, replace: (other) => (parent[key] = other) }];
  }
  if (!schema.properties || !isJsonObject(value)) return [];
  return Object.entries(schema.properties).flatMap(([name, inner]) =>
    heldBy(value, name, inner, pointerTo(pointer, name)),
  );
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
