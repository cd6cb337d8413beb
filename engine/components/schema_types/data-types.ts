// The data types of the protocol, as JSON Schema: a value of any of them may be null.
import { SystemError } from '../../errors.ts';
import { isJsonObject, type JsonObject } from '../../text/json.ts';

const text = (more: JsonObject = {}): JsonObject => ({ type: ['null', 'string'], ...more });

const dataTypes: Readonly<Record<string, JsonObject>> = {
  string: text(),
  boolean: { type: ['null', 'boolean'] },
  date: text({ format: 'date' }),
  timestamp_without_timezone: text({ format: 'date-time', airbyte_type: 'timestamp_without_timezone' }),
  timestamp_with_timezone: text({ format: 'date-time' }),
  time_without_timezone: text({ format: 'time', airbyte_type: 'time_without_timezone' }),
  time_with_timezone: text({ format: 'time' }),
  integer: { type: ['null', 'integer'] },
  number: { type: ['null', 'number'] },
  array: { type: ['null', 'array'] },
  object: { type: ['null', 'object'] },
};

/** The schema of a type: its name, two names of which either may be, or an array with the type of its items. Throws SystemError. */
export function schemaOfType(type: unknown): JsonObject {
  const known = typeof type === 'string' && Object.hasOwn(dataTypes, type) ? dataTypes[type] : undefined;
  if (known) return { ...known };
  if (Array.isArray(type) && type.length === 2) return { oneOf: type.map(schemaOfType) };
  if (isJsonObject(type) && type['field_type'] !== undefined) {
    const { field_type: field, items } = type;
    return items === undefined ? schemaOfType(field) : { ...schemaOfType(field), items: schemaOfType(items) };
  }
  const all = Object.keys(dataTypes).join(', ');
  throw new SystemError(`There is no type ${JSON.stringify(type)}. Map it to one of these with types_mapping: ${all}.`);
}
