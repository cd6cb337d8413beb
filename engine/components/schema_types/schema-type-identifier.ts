// Where a description of fields names them and their types.
import { ConfigError, SystemError } from '../../errors.ts';
import { valueAt } from '../../text/json-path.ts';
import type { JsonObject } from '../../text/json.ts';
import { component, list, optional, slots, template } from '../component.ts';
import { schemaOfType } from './data-types.ts';

const pointer = (description: string, ...examples: string[]) =>
  list(template({ description: 'A key on the way.' }), { description, examples: [examples] });

export default component({
  kind: 'schema_types',
  type: 'SchemaTypeIdentifier',
  summary: 'Says where a reply describes fields, and what its types are called in the language.',
  fields: {
    schema_pointer: optional(
      pointer('Path of the list of fields in the record; left out, the record itself.', 'fields'),
    ),
    key_pointer: pointer('Path of the name in the description of a field.', 'name'),
    type_pointer: optional(pointer('Path of the type in the description of a field; left out, all are text.', 'type')),
    types_mapping: optional(
      slots('types_map', {
        description: 'What types become; the first one that applies counts. Left out, they are what the server says.',
        defaultType: 'TypesMap',
      }),
    ),
    unique: optional(
      template({
        description:
          'When true for a field, another one of its name is an error: records, which are keyed by name, hold only one of the two. Left out, the last one of its name counts.',
        variables: ['raw_schema'],
        examples: ["{{ raw_schema['kind'] == 'column' }}"],
        extension: { without: 'of two fields with one name, one is lost without a word' },
      }),
    ),
  },
  examples: [
    'schema_pointer: [fields]\nkey_pointer: [name]\ntype_pointer: [type]\ntypes_mapping:\n  - current_type: int8\n    target_type: integer',
  ],
  build({ schema_pointer = [], key_pointer, type_pointer, types_mapping = [], unique }, scope) {
    const mappings = types_mapping.map((mapping) => scope.build(mapping));
    const pathOf = (keys: typeof key_pointer): string[] => keys.map((key) => key.text());
    const stream = scope.streamName ?? 'stream';

    function typeOf(field: unknown): unknown {
      const type = (type_pointer && valueAt(field, pathOf(type_pointer))) ?? 'string';
      for (const { targetOf } of mappings) {
        const target = targetOf(type, field);
        if (target !== undefined) return target;
      }
      return type;
    }

    function nameOf(field: unknown): string {
      const name = valueAt(field, pathOf(key_pointer));
      if (typeof name === 'string') return name;
      throw new SystemError(
        `${stream}: the description of a field has no name at "${pathOf(key_pointer).join('.')}". Correct key_pointer.`,
      );
    }

    const sameName = (name: string): ConfigError =>
      new ConfigError(
        `${stream}: two of its fields are called "${name}", and its records would hold only one of them. Give each a name of its own.`,
      );

    return {
      properties(description) {
        const path = pathOf(schema_pointer);
        const fields = path.length === 0 ? description : valueAt(description, path);
        if (!Array.isArray(fields)) {
          throw new SystemError(
            `${stream}: there is no list of fields at "${path.join('.')}" to make its schema of. Correct schema_pointer.`,
          );
        }
        const properties: JsonObject = {};
        for (const field of fields as unknown[]) {
          const name = nameOf(field);
          if (Object.hasOwn(properties, name) && unique?.isTrue({ raw_schema: field })) throw sameName(name);
          properties[name] = schemaOfType(typeOf(field));
        }
        return properties;
      },
    };
  },
});
