// The schemas against replies of a running Metabase 0.58: nothing recorded is missing, no type is too narrow.
// The copies are trimmed: contents that no schema describes are emptied, long texts cut, repeated records left out.
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';

interface Schema {
  $schema?: string;
  type?: string[] | string;
  description?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: unknown;
}

const streams = [
  'api_keys',
  'card_revisions',
  'cards',
  'collection_permissions',
  'collections',
  'dashboard_cards',
  'dashboard_tabs',
  'dashboards',
  'data_permissions',
  'databases',
  'fields',
  'group_memberships',
  'instance_info',
  'native_query_snippets',
  'permission_groups',
  'settings',
  'tables',
  'tasks',
  'users',
] as const;
type Stream = (typeof streams)[number];

const readJson = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const readSchema = (stream: string) => readJson(`../../schemas/${stream}.json`) as Schema;

interface Node {
  path: string;
  schema: Schema;
}

/** Every schema inside a schema, itself included, with a path such as `dashcards[].card_id`. */
function* nodesOf(schema: Schema, path = ''): Generator<Node> {
  yield { path, schema };
  for (const { path: name, schema: property } of propertiesOf(schema)) {
    yield* nodesOf(property, path === '' ? name : `${path}.${name}`);
  }
  if (schema.items) yield* nodesOf(schema.items, `${path}[]`);
}

const propertiesOf = (schema: Schema): Node[] =>
  Object.entries(schema.properties ?? {}).map(([path, property]) => ({ path, schema: property }));

const typesOf = (schema: Schema): string[] => [schema.type ?? []].flat();

/** The paths of fields that a value has and its schema does not name, wherever the schema names any. */
function undeclaredFields(value: unknown, schema: Schema | undefined, path = ''): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown) => undeclaredFields(item, schema?.items, `${path}[]`));
  }
  const properties = schema?.properties;
  if (!properties || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, field]) => {
    const fieldPath = path === '' ? name : `${path}.${name}`;
    return name in properties ? undeclaredFields(field, properties[name], fieldPath) : [fieldPath];
  });
}

const recordings = streams.flatMap((stream) =>
  readdirSync(new URL(`recordings/${stream}`, import.meta.url)).map((file) => ({
    stream,
    file,
    records: readJson(`recordings/${stream}/${file}`) as unknown[],
  })),
);

// Connection details and keys: recorded, but left out of the schema on purpose, for the connector drops them.
const leftOut = { api_keys: ['masked_key'], databases: ['details'], tables: ['db'] } as Partial<
  Record<Stream, string[]>
>;

const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true });
const validators = new Map(streams.map((stream) => [stream, ajv.compile(readSchema(stream))]));

test.each(recordings)('$stream: every record of $file is valid', ({ stream, records }) => {
  const validate = validators.get(stream);
  const errors = records.flatMap((record) => (validate?.(record) ? [] : [validate?.errors]));
  expect(records.length).toBeGreaterThan(0);
  expect(errors).toEqual([]);
});

test.each(recordings)('$stream: every field of $file is declared', ({ stream, records }) => {
  const undeclared = new Set(undeclaredFields(records, { items: readSchema(stream) }, stream));
  const allowed = (leftOut[stream] ?? []).map((name) => `${stream}[].${name}`);
  expect([...undeclared].filter((path) => !allowed.includes(path))).toEqual([]);
});

test('databases do not declare their connection details', () => {
  expect(readSchema('databases').properties).not.toHaveProperty('details');
});

test('the streams here are those that there are recordings of', () => {
  expect(readdirSync(new URL('recordings', import.meta.url)).sort()).toEqual([...streams]);
});

/** Every schema, recorded or not. */
const schemas = readdirSync(new URL('../../schemas', import.meta.url)).map((file) => file.replace('.json', ''));

test.each(schemas)('%s: the schema is a draft-07 object', (stream) => {
  expect(readSchema(stream)).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#', type: 'object' });
});

test.each(schemas)('%s: every field is described in sentences', (stream) => {
  const fields = [...nodesOf(readSchema(stream))].flatMap(({ path, schema }) =>
    propertiesOf(schema).map((field) => ({ path: `${path}.${field.path}`, description: field.schema.description })),
  );
  expect(fields.filter(({ description }) => !/^[A-Z].*\.$/.test(description ?? ''))).toEqual([]);
});

test.each(schemas)('%s: every field and every list item may be null, and says so first', (stream) => {
  const nodes = [...nodesOf(readSchema(stream))].filter(({ path }) => path !== '');
  expect(nodes.filter(({ schema }) => typesOf(schema)[0] !== 'null').map(({ path }) => path)).toEqual([]);
});

test.each(schemas)('%s: every object takes fields that it does not name', (stream) => {
  const objects = [...nodesOf(readSchema(stream))].filter(({ schema }) => typesOf(schema).includes('object'));
  expect(objects.filter(({ schema }) => schema.additionalProperties !== true).map(({ path }) => path)).toEqual([]);
});

test.each(schemas)('%s: only the keywords that Airbyte reads are used', (stream) => {
  const known = ['$schema', 'type', 'description', 'properties', 'items', 'additionalProperties'];
  const used = [...nodesOf(readSchema(stream))].flatMap(({ schema }) => Object.keys(schema));
  expect([...new Set(used)].filter((keyword) => !known.includes(keyword))).toEqual([]);
});

test.each(schemas)('%s: a list has one schema for its items', (stream) => {
  const lists = [...nodesOf(readSchema(stream))].filter(({ schema }) => schema.items !== undefined);
  expect(lists.filter(({ schema }) => Array.isArray(schema.items)).map(({ path }) => path)).toEqual([]);
});

test.each(schemas)('%s: fields come in one order, the identifying ones first', (stream) => {
  const first = ['id', 'name', 'description', 'instance_url'];
  for (const { schema } of nodesOf(readSchema(stream))) {
    const names = Object.keys(schema.properties ?? {});
    const rest = names.filter((name) => !first.includes(name));
    expect(names).toEqual([...first.filter((name) => names.includes(name)), ...rest.sort()]);
  }
});

// A connection that comes from Airbyte's own connector has columns of these types.
test.each([
  { stream: 'cards', field: 'embedding_params', type: 'string' },
  { stream: 'cards', field: 'collection.id', type: 'integer' },
  { stream: 'collections', field: 'id', type: 'integer' },
  { stream: 'collections', field: 'id', type: 'string' },
  { stream: 'dashboards', field: 'embedding_params', type: 'object' },
  { stream: 'dashboards', field: 'parameters[].default', type: 'array' },
  { stream: 'dashboards', field: 'parameters[].default', type: 'string' },
  { stream: 'dashboards', field: 'position', type: 'string' },
  { stream: 'databases', field: 'options', type: 'string' },
  { stream: 'databases', field: 'settings', type: 'string' },
] as const)("$stream: $field may be a $type, as in Airbyte's own connector", ({ stream, field, type }) => {
  const node = [...nodesOf(readSchema(stream))].find(({ path }) => path === field);
  expect(node && typesOf(node.schema)).toContain(type);
});

test.each([
  { stream: 'cards', fields: ['dataset', 'favorite', 'read_permissions', 'collection.color', 'dataset_query.native'] },
  { stream: 'collections', fields: ['color'] },
  { stream: 'dashboards', fields: ['favorite', 'ordered_cards[].sizeX', 'ordered_cards[].size_x', 'param_values'] },
  { stream: 'databases', fields: ['options'] },
  { stream: 'instance_info', fields: ['branch'] },
  { stream: 'users', fields: ['google_auth', 'ldap_auth'] },
] as const)('$stream: fields of older versions are declared', ({ stream, fields }) => {
  const declared = [...nodesOf(readSchema(stream))].map(({ path }) => path);
  expect(declared).toEqual(expect.arrayContaining([...fields]));
});
