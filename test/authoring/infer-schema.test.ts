// The schema that records lead to, alone and together with one that is declared.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inferSchema } from '../../engine/authoring/schema/infer-schema.ts';
import { type JsonObject, parseJson } from '../../engine/text/json.ts';

/** The properties for records that are written as JSON. */
const propertiesOf = (records: string[], declared?: JsonObject): JsonObject =>
  inferSchema(records.map(parseJson), declared && { properties: declared })['properties'] as JsonObject;

test('every type may be null, and fields stand in the order in which they are first seen', () => {
  const schema = inferSchema([
    { name: 'a', size: 1 },
    { tags: ['x'], name: null, isOpen: true },
  ]);
  expect(JSON.stringify(schema)).toBe(
    JSON.stringify({
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      additionalProperties: true,
      properties: {
        name: { type: ['null', 'string'] },
        size: { type: ['null', 'integer'] },
        tags: { type: ['null', 'array'], items: { type: ['null', 'string'] } },
        isOpen: { type: ['null', 'boolean'] },
      },
    }),
  );
});

test('a whole number of any size is an integer, and one that is written with a point is none', () => {
  expect(propertiesOf(['{"a": 12345678901234567890123, "b": 1.0, "c": 1.5, "d": 1}', '{"d": 2.5}'])).toEqual({
    a: { type: ['null', 'integer'] },
    b: { type: ['null', 'number'] },
    c: { type: ['null', 'number'] },
    d: { type: ['null', 'number'] },
  });
});

test('fields of objects and of the objects in lists are described, at any depth', () => {
  expect(propertiesOf(['{"owner": {"id": 1}, "cards": [{"id": 1}, {"at": {"x": 1}}]}', '{"cards": []}'])).toEqual({
    owner: { type: ['null', 'object'], additionalProperties: true, properties: { id: { type: ['null', 'integer'] } } },
    cards: {
      type: ['null', 'array'],
      items: {
        type: ['null', 'object'],
        additionalProperties: true,
        properties: {
          id: { type: ['null', 'integer'] },
          at: {
            type: ['null', 'object'],
            additionalProperties: true,
            properties: { x: { type: ['null', 'integer'] } },
          },
        },
      },
    },
  });
});

test('keys that are ids are no names of fields', () => {
  const open = { type: ['null', 'object'], additionalProperties: true };
  expect(propertiesOf(['{"byId": {"1": {"a": 1}, "20": {}}, "empty": {}}'])).toEqual({ byId: open, empty: open });
});

test('a format is named when all texts have it', () => {
  const records = [
    '{"day": "2024-02-29", "at": "2024-05-01T10:00:00Z", "local": "2024-05-01T10:00:00.123", "mixed": "2024-05-01T10:00:00Z"}',
    '{"day": null, "at": "2024-05-01T10:00:00.5+02:00", "local": "2024-05-01T10:00:00", "mixed": "2024-05-01T10:00:00"}',
  ];
  expect(propertiesOf(records)).toEqual({
    day: { type: ['null', 'string'], format: 'date' },
    at: { type: ['null', 'string'], format: 'date-time' },
    local: { type: ['null', 'string'], format: 'date-time', airbyte_type: 'timestamp_without_timezone' },
    mixed: { type: ['null', 'string'] },
  });
});

test('a text that looks like a date and is no day of the calendar has no format', () => {
  expect(propertiesOf(['{"a": "2024-02-30", "b": "2024-13-01T00:00:00Z", "c": "2024-05-01T25:00:00Z"}'])).toEqual({
    a: { type: ['null', 'string'] },
    b: { type: ['null', 'string'] },
    c: { type: ['null', 'string'] },
  });
});

test('a field of which only null was seen is text, which can hold anything', () => {
  expect(propertiesOf(['{"a": null, "b": []}'])).toEqual({
    a: { type: ['null', 'string'] },
    b: { type: ['null', 'array'] },
  });
});

test('values of several types are of several types', () => {
  expect(propertiesOf(['{"a": "x"}', '{"a": 1}', '{"a": {"b": 1}}'])).toEqual({
    a: {
      type: ['null', 'integer', 'string', 'object'],
      additionalProperties: true,
      properties: { b: { type: ['null', 'integer'] } },
    },
  });
});

test('descriptions, keywords, order and fields that no record has stay as they are declared', () => {
  const declared = {
    rare: { type: ['null', 'boolean'], description: 'Seldom there.' },
    id: { type: 'integer', description: 'The id.', minimum: 1 },
    open: { type: ['null', 'object'], description: 'Not described further.', additionalProperties: true },
    either: { oneOf: [{ type: 'string' }, { type: 'integer' }] },
    at: { type: ['null', 'string'], description: 'ISO 8601.' },
  };
  const properties = propertiesOf(
    ['{"name": "a", "id": 1, "open": {"x": 1}, "either": 1, "at": "2024-05-01"}'],
    declared,
  );
  expect(JSON.stringify(properties)).toBe(JSON.stringify({ ...declared, name: { type: ['null', 'string'] } }));
});

test('a declared type that no value has gives way; one that is too narrow gets wider', () => {
  const declared = {
    wrong: { type: ['null', 'string'], description: 'Was thought to be text.' },
    narrow: { type: ['null', 'integer'] },
    wide: { type: ['null', 'number'] },
    strict: { type: 'string' },
  };
  expect(
    propertiesOf(['{"wrong": 1, "narrow": 1, "wide": 1, "strict": "a"}', '{"narrow": "x", "strict": null}'], declared),
  ).toEqual({
    wrong: { type: ['null', 'integer'], description: 'Was thought to be text.' },
    narrow: { type: ['null', 'integer', 'string'] },
    wide: { type: ['null', 'number'] },
    strict: { type: ['null', 'string'] },
  });
});

test('a declared format that a text has not goes', () => {
  const declared = {
    day: { type: ['null', 'string'], format: 'date' },
    local: { type: ['null', 'string'], format: 'date-time' },
  };
  expect(propertiesOf(['{"day": "soon", "local": "2024-05-01T10:00:00"}'], declared)).toEqual({
    day: { type: ['null', 'string'] },
    local: { type: ['null', 'string'], format: 'date-time', airbyte_type: 'timestamp_without_timezone' },
  });
});

test('what is declared inside objects and lists is kept too', () => {
  const declared = {
    owner: { type: ['null', 'object'], properties: { id: { type: ['null', 'integer'], description: 'Whose.' } } },
    tags: { type: ['null', 'array'], items: { type: ['null', 'string'], description: 'A tag.' } },
  };
  expect(propertiesOf(['{"owner": {"id": 1, "name": "x"}, "tags": ["a", 1]}'], declared)).toEqual({
    owner: {
      type: ['null', 'object'],
      properties: { id: { type: ['null', 'integer'], description: 'Whose.' }, name: { type: ['null', 'string'] } },
    },
    tags: { type: ['null', 'array'], items: { type: ['null', 'integer', 'string'], description: 'A tag.' } },
  });
});

test('a schema that fits its records stays the same, key for key', () => {
  const segments = parseJson(readFileSync('schemas/segments.json', 'utf8')) as JsonObject;
  const record = { id: 1, name: 'a', creator: { id: 2 }, definition: { 'source-table': 1 } };
  expect(JSON.stringify(inferSchema([record], segments))).toBe(JSON.stringify(segments));
});
