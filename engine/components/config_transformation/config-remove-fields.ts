// Removes fields from the config.
import { removeAt } from '../../text/json-edit.ts';
import { component, list, optional, template, text } from '../component.ts';

export default component({
  kind: 'config_transformation',
  type: 'ConfigRemoveFields',
  summary: 'Removes fields from the config; what is not there is no error.',
  fields: {
    field_pointers: list(
      list(text({ description: 'A key on the way to the field.' }), { description: 'Path of a field.' }),
      {
        description: 'Paths of the fields to remove.',
        examples: [[['old_field']]],
      },
    ),
    condition: optional(
      template({
        description: 'Removes the fields only when this is true; left out, always.',
        examples: ["{{ config['version'] == 1 }}"],
      }),
    ),
  },
  examples: ['field_pointers:\n  - [old_field]'],
  build: ({ field_pointers: pointers, condition }) => ({
    apply(config) {
      if (condition?.isTrue({ config }) ?? true) for (const pointer of pointers) removeAt(config, pointer);
    },
  }),
});
