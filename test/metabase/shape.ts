// The shape of JSON values: which fields they have and of which types, merged over many values, so that two sets can be compared.

import { names } from './row.ts';

type Shape = {
  types: Set<string>;
  /** How many objects were seen here; a field seen as often is always there. */
  objects: number;
  fields: Map<string, { seen: number; shape: Shape }>;
  items: Shape | null;
};

/** Fields whose inside has no fixed form. */
const FREE_FIELDS = names(
  'dataset_query result_metadata visualization_settings parameters parameter_mappings param_fields details ' +
    'features here below legacy_query series inline_parameters dbms_version version',
);
/** Nullable ones, as types.md has them, where the recorded content happens to show one side only. */
const NULLABLE_FIELDS = names(
  'description caveats points_of_interest creator_id collection_id personal_owner_id personal_collection_id ' +
    'visibility_type',
);
const NULLABLE_TYPES = ['null', 'string', 'number'];
const IS_ID = /^(\d+|root)$/;

export function shapeOf(values: unknown[]): Shape {
  const shape = emptyShape();
  for (const value of values) add(shape, value);
  return shape;
}

/** Where `actual` has what `expected` does not, and the other way round. */
export function differences(actual: Shape, expected: Shape, path = '$'): string[] {
  const found: string[] = [];
  for (const type of actual.types) {
    if (!expected.types.has(type) && !isNullable(path, type))
      found.push(`${path} is ${type}, recorded as ${[...expected.types].join('|')}`);
  }
  for (const [name, { shape }] of actual.fields) {
    const known = expected.fields.get(name);
    if (known) found.push(...differences(shape, known.shape, `${path}.${name}`));
    else if (expected.objects > 0) found.push(`${path}.${name} is not recorded`);
  }
  for (const [name, { seen }] of expected.fields) {
    const mine = actual.fields.get(name)?.seen ?? 0;
    if (seen === expected.objects && mine < actual.objects) found.push(`${path}.${name} is missing`);
  }
  if (actual.items && expected.items) found.push(...differences(actual.items, expected.items, `${path}[]`));
  return found;
}

function isNullable(path: string, type: string): boolean {
  return NULLABLE_FIELDS.some((name) => path.endsWith(`.${name}`)) && NULLABLE_TYPES.includes(type);
}

function emptyShape(): Shape {
  return { types: new Set(), objects: 0, fields: new Map(), items: null };
}

function add(shape: Shape, value: unknown): void {
  shape.types.add(typeName(value));
  if (Array.isArray(value)) {
    for (const item of value) add((shape.items ??= emptyShape()), item);
  } else if (typeof value === 'object' && value !== null) {
    shape.objects++;
    const entries = new Map(
      Object.entries(value).map(([name, inner]) => [IS_ID.test(name) ? '<id>' : name, inner as unknown]),
    );
    for (const [name, inner] of entries) addField(shape, name, inner);
  }
}

function addField(shape: Shape, name: string, value: unknown): void {
  const field = shape.fields.get(name) ?? { seen: 0, shape: emptyShape() };
  shape.fields.set(name, field);
  field.seen++;
  if (name === 'children' && Array.isArray(value)) {
    field.shape.types.add('array');
    for (const child of value) add(shape, child);
    return;
  }
  if (FREE_FIELDS.includes(name)) field.shape.types.add(typeName(value));
  else add(field.shape, value);
}

function typeName(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}
