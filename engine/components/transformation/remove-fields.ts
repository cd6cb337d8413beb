// Removes fields from records.
import { removeAt } from '../../text/json-edit.ts';
import { valueAt } from '../../text/json-path.ts';
import { component, list, optional, template, text } from '../component.ts';

export default component({
  kind: 'transformation',
  type: 'RemoveFields',
  summary:
    'Removes fields from every record; what is not there is no error. The other fields of the record keep their bytes.',
  fields: {
    field_pointers: list(
      list(text({ description: 'A key; * stands for every key, ** for every depth.' }), {
        description: 'Path of a field.',
      }),
      {
        description: 'Paths of the fields to remove.',
        examples: [[['details'], ['settings', 'password']]],
      },
    ),
    condition: optional(
      template({
        description: 'Removes a field only when this is true; left out, always. `property` is its value.',
        variables: ['property'],
        examples: ["{{ property == '' }}"],
      }),
    ),
  },
  examples: ['field_pointers:\n  - [details]'],
  build: ({ field_pointers: pointers, condition }) => ({
    transform(record) {
      for (const pointer of pointers) {
        if (condition?.isTrue({ property: valueAt(record, pointer) }) ?? true) removeAt(record, pointer);
      }
    },
  }),
});
