// Schemas that the server describes.
import { expect, test } from 'vitest';
import { SystemError } from '../../engine/errors.ts';
import { build, fakeSend, reply } from '../support/component.ts';

const RETRIEVER =
  'retriever: { requester: { url: https://example.com/fields }, record_selector: { extractor: { field_path: [] } } }';

function schemaOf(identifier: string, description: unknown, more = '') {
  const { send } = fakeSend({ 'GET /fields': () => reply(200, description) });
  const yaml = `type: DynamicSchemaLoader\n${RETRIEVER}\nschema_type_identifier:\n  ${identifier.trim().replaceAll('\n', '\n  ')}\n${more}`;
  const { component, logs } = build('schema_loader', yaml, { send });
  return { schema: Promise.resolve(component.load()), logs };
}

const FIELDS = 'schema_pointer: [fields]\nkey_pointer: [name]\ntype_pointer: [type]';
const one = (type: unknown) => ({ fields: [{ name: 'a', type }] });

test('names and types become properties', async () => {
  const description = { fields: [{ name: 'id', type: 'integer' }, { name: 'at', type: 'date' }, { name: 'x' }] };
  expect(await schemaOf(FIELDS, description).schema).toEqual({
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    additionalProperties: true,
    properties: {
      id: { type: ['null', 'integer'] },
      at: { type: ['null', 'string'], format: 'date' },
      x: { type: ['null', 'string'] },
    },
  });
});

test.each([
  ['current_type: int8\ntarget_type: integer', { type: ['null', 'integer'] }],
  ['current_type: int8\ntarget_type: number\ncondition: "{{ raw_schema.name == \'b\' }}"', undefined],
  [
    "current_type: int8\ntarget_type: number\ncondition: \"{{ raw_schema['name'] == 'a' }}\"",
    { type: ['null', 'number'] },
  ],
  [
    'current_type: int8\ntarget_type: [string, integer]',
    { oneOf: [{ type: ['null', 'string'] }, { type: ['null', 'integer'] }] },
  ],
  [
    'current_type: int8\ntarget_type: { field_type: array, items: { field_type: array, items: number } }',
    { type: ['null', 'array'], items: { type: ['null', 'array'], items: { type: ['null', 'number'] } } },
  ],
])('a type is replaced as %j says', async (mapping, expected) => {
  const identifier = `${FIELDS}\ntypes_mapping:\n  - ${mapping.replaceAll('\n', '\n    ')}`;
  const { schema } = schemaOf(identifier, one('int8'));
  if (!expected) await expect(schema).rejects.toThrow('There is no type "int8"');
  else expect(await schema).toMatchObject({ properties: { a: expected } });
});

test('fields are left out and properties changed as the manifest says', async () => {
  const more = `schema_filter: { condition: "{{ 'id' not in record }}" }
schema_transformations:
  - { type: AddFields, fields: [{ path: [extra], value: "{{ {'type': 'string'} }}" }] }`;
  const description = {
    fields: [
      { name: 'id', type: 'integer' },
      { name: 'b', type: 'boolean' },
    ],
  };
  expect(await schemaOf(FIELDS, description, more).schema).toMatchObject({
    properties: { b: { type: ['null', 'boolean'] }, extra: { type: 'string' } },
  });
});

test.each([
  [FIELDS, { fields: null }, 'there is no list of fields at "fields" to make its schema of. Correct schema_pointer.'],
  [FIELDS, { fields: [{ type: 'integer' }] }, 'has no name at "name". Correct key_pointer.'],
  [FIELDS, one('blob'), 'There is no type "blob". Map it to one of these with types_mapping'],
])('a description that is not as expected is an error: %#', async (identifier, description, message) => {
  const { schema } = schemaOf(identifier, description);
  await expect(schema).rejects.toThrow(SystemError);
  await expect(schema).rejects.toThrow(message);
});

test.each([
  ['', true],
  ["\nunique: '{{ raw_schema.kept }}'", false],
])('two fields of one name: %j', async (unique, isAllowed) => {
  const twice = { fields: [{ name: 'a' }, { name: 'a', type: 'date', kept: true }] };
  const { schema } = schemaOf(FIELDS + unique, twice);
  if (isAllowed) expect(await schema).toMatchObject({ properties: { a: { format: 'date' } } });
  else await expect(schema).rejects.toThrow('two of its fields are called "a"');
});

test('nothing that describes the fields is a schema without any, with a warning', async () => {
  const { schema, logs } = schemaOf(FIELDS, []);
  expect(await schema).toMatchObject({ properties: {} });
  expect(logs).toEqual(['WARN stream: nothing describes its fields, so its schema has none.']);
});
