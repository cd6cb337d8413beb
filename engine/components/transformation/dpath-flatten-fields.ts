// Lifts the fields of one object inside a record to the top of the record.
import { removeAt } from '../../text/json-edit.ts';
import { isJsonObject, type JsonObject } from '../../text/json.ts';
import { valuesAt } from '../../text/json-path.ts';
import { boolean, component, list, optional, template } from '../component.ts';

function putAll(record: JsonObject, fields: JsonObject): void {
  for (const [name, value] of Object.entries(fields)) {
    // defineProperty, so that a key named __proto__ is only a key
    Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
  }
}

export default component({
  kind: 'transformation',
  type: 'DpathFlattenFields',
  summary:
    'Lifts the fields of an object inside every record to the top. Where one of them is there already, the record stays as it is.',
  fields: {
    field_path: list(template({ description: 'A key on the way to the object; * stands for every key.' }), {
      description: 'Path of the object.',
      examples: [['data']],
    }),
    delete_origin_value: optional(boolean({ description: 'Takes the object away once it is lifted.', default: false })),
    replace_record: optional(
      boolean({ description: 'Keeps nothing of the record but the fields of the object.', default: false }),
    ),
  },
  examples: ['field_path: [data]\ndelete_origin_value: true', 'field_path: [data, "*"]\nreplace_record: true'],
  notYet: ['key_transformation'],
  build({ field_path, delete_origin_value = false, replace_record = false }) {
    const path = field_path.map((key) => key.text());
    return {
      transform(record) {
        const [fields] = valuesAt(record, path);
        if (!isJsonObject(fields)) return;
        if (replace_record && Object.keys(fields).length > 0) {
          for (const name of Object.keys(record)) Reflect.deleteProperty(record, name);
        } else {
          if (Object.keys(fields).some((name) => Object.hasOwn(record, name))) return;
          if (delete_origin_value) removeAt(record, path);
        }
        putAll(record, fields);
      },
    };
  },
});
