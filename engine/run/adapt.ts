// Puts values into the description of a component. They are data: where the language has templates, they are marked as none.
import type { Component } from '../components/component.ts';
import type { Change } from '../components/kinds.ts';
import type { FieldSchema } from '../field-schema.ts';
import { cloneJson, setAt } from '../text/json-edit.ts';
import type { JsonObject } from '../text/json.ts';
import { isTruthy } from '../text/truth.ts';
import { verbatim } from '../text/verbatim.ts';

export type ComponentsByType = ReadonlyMap<string, Component>;

const isContainer = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null;

/** The places that a path with wildcards names; none when there is nothing. */
function matches(target: unknown, [key, ...rest]: readonly string[]): string[][] {
  if (key === undefined) return [[]];
  if (!isContainer(target)) return [];
  const keys = key === '*' || key === '**' ? Object.keys(target) : Object.hasOwn(target, key) ? [key] : [];
  const below = (tail: readonly string[]): string[][] =>
    keys.flatMap((name) => matches(target[name], tail).map((path) => [name, ...path]));
  return key === '**' ? [...matches(target, rest), ...below([key, ...rest])] : below(rest);
}

/** A value in the place of a field: its texts are no templates, also in the fields of components that it describes. */
function asData(value: unknown, schema: FieldSchema | undefined, types: ComponentsByType): unknown {
  if (schema?.['x-template']) return verbatim(value);
  if (!isContainer(value)) return value;
  const slot = schema?.['x-slot'];
  const { type } = value;
  const fields = slot && types.get(typeof type === 'string' ? type : (slot.defaultType ?? ''))?.fields;
  const inside = (key: string): FieldSchema | undefined => fields?.[key] ?? schema?.properties?.[key];
  if (Array.isArray(value)) return value.map((item) => asData(item, slot ? schema : schema?.items, types));
  const entries = Object.entries(value).map(([key, item]) => {
    const held = slot?.shape === 'map' && !fields ? schema : inside(key);
    return [key, asData(item, held, types)];
  });
  return Object.fromEntries(entries);
}

/** The schema of the place that a path leads to from a component; undefined where the language knows none. */
function schemaAt(target: unknown, path: readonly string[], types: ComponentsByType): FieldSchema | undefined {
  let schema: FieldSchema | undefined = { 'x-slot': { kind: 'stream', shape: 'one' } };
  let value = target;
  for (const key of path) {
    const slot: FieldSchema['x-slot'] = schema?.['x-slot'];
    const type = isContainer(value) ? value['type'] : undefined;
    if (slot && typeof type === 'string') schema = types.get(type)?.fields[key];
    else if (!slot && !schema?.['x-template']) schema = schema?.items ?? schema?.properties?.[key];
    value = isContainer(value) ? value[key] : undefined;
  }
  return schema;
}

/** The description with the changes made, one after the other. */
export function adapt(description: JsonObject, changes: readonly Change[], types: ComponentsByType): JsonObject {
  const adapted = cloneJson(description);
  for (const { path, value, creates } of changes) {
    const found = matches(adapted, path);
    // What is empty is not made, as in the reference engine.
    const places = found.length === 0 && creates && isTruthy(value) ? [path] : found;
    for (const place of places) setAt(adapted, place, cloneJson(asData(value, schemaAt(adapted, place, types), types)));
  }
  return adapted;
}
