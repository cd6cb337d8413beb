// Derives the JSON Schema of a stream from its records: draft-07, every type nullable, as Airbyte wants it. What is declared already
// is kept as far as the records agree with it: descriptions, keywords, order, and fields that no record happens to have.
import { isJsonObject, type JsonObject } from '../../text/json.ts';
import { type Observed, observeAll, type TextFormat, type ValueType, valueTypes } from './observe.ts';

const formats: Readonly<Record<TextFormat, JsonObject>> = {
  date: { format: 'date' },
  'timestamp with zone': { format: 'date-time' },
  'timestamp without zone': { format: 'date-time', airbyte_type: 'timestamp_without_timezone' },
};

/** The keywords of the one format that all texts have; none when they differ. */
function formatKeywords({ formats: seen, types }: Observed): JsonObject {
  const [format] = seen;
  return seen.size === 1 && types.size === 1 && format !== undefined ? formats[format] : {};
}

/** Ids as keys are data, not names of fields. */
const ID = /^(\d+|[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})$/i;

const isKeyedById = ({ fields }: Observed): boolean =>
  fields.size > 0 && [...fields.keys()].every((key) => ID.test(key));

/** A whole number is a number too. */
const narrowed = (types: ReadonlySet<string>): ValueType[] =>
  valueTypes.filter((type) => types.has(type) && !(type === 'integer' && types.has('number')));

/** Anything can be written as text, so that is what a field becomes of which only nulls were seen. */
const nullable = (types: readonly string[]): string[] => ['null', ...(types.length === 0 ? ['string'] : types)];

function propertiesOf({ fields }: Observed, declared: JsonObject): JsonObject {
  const properties = Object.entries(declared).map(([name, schema]) => {
    const seen = fields.get(name);
    return [name, seen && isJsonObject(schema) ? adjusted(schema, seen) : schema];
  });
  const added = [...fields]
    .filter(([name]) => !Object.hasOwn(declared, name))
    .map(([name, seen]) => [name, made(seen)]);
  return Object.fromEntries([...properties, ...added]) as JsonObject;
}

/** The schema of a place that is not declared. */
function made(seen: Observed): JsonObject {
  const { types, items } = seen;
  const hasFields = types.has('object') && seen.fields.size > 0 && !isKeyedById(seen);
  return {
    type: nullable(narrowed(types)),
    ...formatKeywords(seen),
    ...(types.has('object') && { additionalProperties: true }),
    ...(hasFields && { properties: propertiesOf(seen, {}) }),
    ...(items && { items: made(items) }),
  };
}

/** The types that were seen and are not declared. */
function undeclaredTypes(declared: readonly string[], { types }: Observed): ValueType[] {
  const isDeclared = (type: ValueType): boolean =>
    declared.includes(type) || (type === 'integer' && declared.includes('number'));
  return [...types].filter((type) => !isDeclared(type));
}

/** What holds a text to a format that not all texts have. */
function isFormatWrong(declared: JsonObject, { formats: seen }: Observed): boolean {
  const { format, airbyte_type: airbyteType } = declared;
  if (format !== 'date' && format !== 'date-time') return false;
  const isWithoutZone = airbyteType === 'timestamp_without_timezone';
  const expected = format === 'date' ? 'date' : `timestamp ${isWithoutZone ? 'without' : 'with'} zone`;
  return [...seen].some((found) => found !== expected);
}

const formatNames = new Set(['format', 'airbyte_type']);

const withoutFormat = (schema: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(schema).filter(([name]) => !formatNames.has(name)));

/** A declared schema, changed where the values do not fit it. */
function adjusted(declared: JsonObject, seen: Observed): JsonObject {
  const { type, description, properties, items } = declared;
  // It says in other words what it allows, such as oneOf: not ours to change.
  if (typeof type !== 'string' && !Array.isArray(type)) return declared;
  const types = [type].flat() as string[];
  const undeclared = undeclaredTypes(types, seen);
  // None of the values is what was declared: then that was wrong, not too narrow.
  if (undeclared.length > 0 && undeclared.length === seen.types.size) {
    const right = made(seen);
    return { type: right['type'], ...(description !== undefined && { description }), ...right };
  }
  const schema = isFormatWrong(declared, seen)
    ? { ...withoutFormat(declared), ...formatKeywords(seen) }
    : { ...declared };
  if (undeclared.length > 0) schema['type'] = nullable(narrowed(new Set([...types, ...undeclared])));
  else if (seen.isNull && !types.includes('null')) schema['type'] = ['null', ...types];
  if (undeclared.includes('object')) Object.assign(schema, { ...made(seen), type: schema['type'] });
  // An object that names no fields is left open on purpose.
  else if (isJsonObject(properties)) schema['properties'] = propertiesOf(seen, properties);
  if (seen.items) schema['items'] = isJsonObject(items) ? adjusted(items, seen.items) : (items ?? made(seen.items));
  return schema;
}

/** The schema of records that have been observed. */
export function schemaOf(seen: Observed, declared: JsonObject = {}): JsonObject {
  const properties = isJsonObject(declared['properties']) ? declared['properties'] : {};
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    additionalProperties: true,
    ...declared,
    properties: propertiesOf(seen, properties),
  };
}

/**
 * The schema of records, which are values of parseJson: numbers that keep their digits are numbers. Of a schema that is declared
 * everything stays but what the records contradict: a type that no value has gives way, one that is too narrow gets wider.
 */
export function inferSchema(records: Iterable<unknown>, declared?: JsonObject): JsonObject {
  return schemaOf(observeAll(records), declared);
}
