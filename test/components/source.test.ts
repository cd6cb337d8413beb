// The source, its streams, their schemas, its config and its check.
import { expect, test } from 'vitest';
import { ConfigError, SystemError } from '../../engine/errors.ts';
import type { JsonObject } from '../../engine/text/json.ts';
import { build, make } from '../support/component.ts';

const RETRIEVER =
  'retriever: { requester: { url: https://example.com }, record_selector: { extractor: { field_path: [] } } }';
const stream = (fields: string, files: Record<string, string> = {}) =>
  build('stream', `type: DeclarativeStream\nname: users\n${RETRIEVER}\n${fields}`, {
    readFile: (path) =>
      files[path] ??
      (() => {
        throw new Error(`unexpected file: ${path}`);
      })(),
  }).component;

test.each([
  ['', []],
  ['primary_key: id', [['id']]],
  ['primary_key: [a, b]', [['a'], ['b']]],
  ['primary_key: [[a, b], [c]]', [['a', 'b'], ['c']]],
  ['primary_key: ""', []],
  ['primary_key: []', []],
])('the key written as %j is %j', (fields, key) => {
  expect(stream(fields).primaryKey).toEqual(key);
});

test('a schema stands in the manifest or in a file', async () => {
  const files = { './schemas/users.json': '{"type":"object"}' };
  expect(await stream('schema_loader: { type: InlineSchemaLoader, schema: { a: 1 } }').schema()).toEqual({ a: 1 });
  expect(
    await stream('schema_loader: { type: JsonFileSchemaLoader, file_path: ./schemas/users.json }', files).schema(),
  ).toEqual({ type: 'object' });
  expect(await stream('schema_loader: { type: JsonFileSchemaLoader }', files).schema()).toEqual({ type: 'object' });
  expect(await stream('').schema()).toEqual({});
});

test('of several schemas the properties are merged, the first wins', async () => {
  const loader = (properties: string): string =>
    `{ type: InlineSchemaLoader, schema: { title: ${properties.length}, properties: ${properties} } }`;
  const loaders = `[${loader('{ a: { x: 1 } }')}, ${loader('{ a: { x: 2 }, b: { x: 3 } }')}]`;
  expect(await stream(`schema_loader: ${loaders}`).schema()).toEqual({
    title: 15,
    properties: { a: { x: 1 }, b: { x: 3 } },
  });
});

test('a schema file that holds no object is an error when the schema is asked for', async () => {
  const built = stream('schema_loader: { type: JsonFileSchemaLoader }', { './schemas/users.json': '[]' });
  await expect(built.schema()).rejects.toThrow(SystemError);
});

test.each([
  ['default_concurrency: 4', 4],
  ['default_concurrency: "{{ config.n }}"\nmax_concurrency: 3', 3],
  ['default_concurrency: "2"', 2],
])('the concurrency of %s is %d', (fields, level) => {
  expect(make('concurrency', `type: ConcurrencyLevel\n${fields}`, { n: 10 }).level).toBe(level);
});

test.each(['0', '-1', '1.5', 'many', ''])('a concurrency of %j is refused', (n) => {
  expect(() => make('concurrency', 'type: ConcurrencyLevel\ndefault_concurrency: "{{ config.n }}"', { n })).toThrow(
    ConfigError,
  );
});

test('a check names its streams and tells what the manifest says', () => {
  const check = make(
    'check',
    'type: CheckStream\nstream_names: [users]\nsuccess_message: "{{ config.hi }} {{ record.name }}"',
    { hi: 'Hello' },
  );
  expect(check.streamNames).toEqual(['users']);
  expect(check.successMessage({ name: 'Ada' })).toBe('Hello Ada');
  expect(make('check', 'type: CheckStream\nstream_names: [users]').successMessage({})).toBeUndefined();
});

test('a source names its streams in order and builds one when it is asked for, once', () => {
  const yaml = `type: DeclarativeSource\nversion: "7"\ncheck: { stream_names: [] }\nstreams:\n  - { name: b, ${RETRIEVER} }\n  - { name: a, ${RETRIEVER} }\n`;
  const source = make('source', yaml);
  expect(source.streamNames).toEqual(['b', 'a']);
  expect(source.stream('a')?.name).toBe('a');
  expect(source.stream('a')).toBe(source.stream('a'));
  expect(source.stream('c')).toBeUndefined();
});

/** A config as the rules of a spec leave it. */
const normalize = (rules: string, config: JsonObject): Promise<JsonObject> =>
  make(
    'spec',
    `type: Spec\nconnection_specification: { type: object }\nconfig_normalization_rules: ${rules}`,
  ).normalize(config);

test('a spec gives the SPEC message what it says', () => {
  const spec = make(
    'spec',
    'type: Spec\ndocumentation_url: https://x.com\nconnection_specification: { a: 1 }\nadvanced_auth: { b: 2 }',
  );
  expect(spec.connectorSpecification).toEqual({
    documentationUrl: 'https://x.com',
    connectionSpecification: { a: 1 },
    advanced_auth: { b: 2 },
  });
});

test('without rules a config stays as it is, in a copy', async () => {
  const config = { a: { b: 1 } };
  const normalized = await normalize('{}', config);
  expect(normalized).toEqual(config);
  expect(normalized['a']).not.toBe(config.a);
});

test.each([
  ['{ type: ConfigAddFields, fields: [{ path: [u, v], value: "{{ config.a }}/api" }] }', { a: 'x', u: { v: 'x/api' } }],
  [
    '{ type: ConfigAddFields, condition: "{{ config.b is defined }}", fields: [{ path: [c], value: "1" }] }',
    { a: 'x' },
  ],
  [
    '{ type: ConfigAddFields, condition: "{{ value == \'x\' }}", fields: [{ path: [c], value: "{{ config.a }}" }] }',
    { a: 'x', c: 'x' },
  ],
  ['{ type: ConfigRemoveFields, field_pointers: [[a], [nothing]] }', {}],
  ['{ type: ConfigRemoveFields, condition: "{{ config.a == \'y\' }}", field_pointers: [[a]] }', { a: 'x' }],
  ['{ type: ConfigRemapField, map: { x: new, y: other }, field_path: [a] }', { a: 'new' }],
  ['{ type: ConfigRemapField, map: { y: other }, field_path: [a] }', { a: 'x' }],
  ['{ type: ConfigRemapField, map: { x: new }, field_path: [nothing, there] }', { a: 'x' }],
])('the rule %s makes of {a: x} the config %j', async (rule, expected) => {
  const config = { a: 'x' };
  expect(await normalize(`{ transformations: [${rule}] }`, config)).toEqual(expected);
  expect(config).toEqual({ a: 'x' });
});

test('migrations come before transformations, and each rule sees what the earlier ones did', async () => {
  const rules = `
  config_migrations:
    - description: The field had another name.
      transformations: [{ type: ConfigAddFields, fields: [{ path: [b], value: "{{ config.a }}1" }] }]
  transformations:
    - { type: ConfigAddFields, fields: [{ path: [c], value: "{{ config.b }}2" }] }
    - { type: ConfigRemoveFields, field_pointers: [[a]] }`;
  expect(await normalize(rules, { a: 'x' })).toEqual({ b: 'x1', c: 'x12' });
});

const validator = (schema: string, path = '[region]'): string =>
  `{ validations: [{ type: DpathValidator, field_path: ${path}, validation_strategy: { type: ValidateAdheresToSchema, base_schema: ${schema} } }] }`;

test('a validation lets a config through that fits, or that has not the field', async () => {
  expect(await normalize(validator('{ enum: [eu, us] }'), { region: '"eu"' })).toEqual({ region: '"eu"' });
  expect(await normalize(validator('{ enum: [eu] }'), {})).toEqual({});
  expect(await normalize(validator('{ type: object, required: [a] }'), { region: '{"a":1}' })).toBeDefined();
});

test.each<[string, JsonObject, string]>([
  [validator('{ type: object, required: [a] }'), { region: {} }, 'The config\'s region is not right: "a" is missing.'],
  [
    validator('{ type: integer }', '["*", x]'),
    { p: { x: 1 }, q: { x: 1.5 } },
    "The config's *.x is not right: the whole must be integer.",
  ],
  [validator('{ type: object }'), { region: '{' }, "The config's region is not JSON. Correct it."],
])('the validation %s refuses %j', async (rules, config, message) => {
  await expect(normalize(rules, config)).rejects.toThrow(new ConfigError(message));
});

test('a validation never tells the value', async () => {
  const error = normalize(validator('{ type: object, required: [b], properties: { a: { type: integer } } }'), {
    region: { a: 'S3CRET' },
  });
  await expect(error).rejects.toThrow(/^(?!.*S3CRET)/s);
});

test('a value that is made of the config can be validated', async () => {
  const rules =
    '{ validations: [{ type: PredicateValidator, value: "{{ config.n }}", validation_strategy: { type: ValidateAdheresToSchema, base_schema: { type: integer } } }] }';
  expect(await normalize(rules, { n: 5 })).toEqual({ n: 5 });
  await expect(normalize(rules, { n: [] })).rejects.toThrow(ConfigError);
});

test('a template that cannot be rendered is an error that names it and its field', async () => {
  await expect(
    normalize(
      '{ transformations: [{ type: ConfigAddFields, fields: [{ path: [a], value: "{{ 1 + config.a }}" }] }] }',
      { a: 'x' },
    ),
  ).rejects.toThrow(
    new SystemError(
      'The template "{{ 1 + config.a }}" of AddedFieldDefinition.value cannot be rendered: TypeError: cannot add 1 and \'x\'',
    ),
  );
});
