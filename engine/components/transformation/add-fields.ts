// Adds fields to records.
import { setAt } from '../../text/json-edit.ts';
import { component, optional, slots, template } from '../component.ts';
import { recordVariables } from '../variables.ts';

export default component({
  kind: 'transformation',
  type: 'AddFields',
  summary:
    'Adds fields to every record, or replaces them. The other fields of the record keep their bytes; one that is added comes last.',
  fields: {
    fields: slots('field', { description: 'The fields, in order.', defaultType: 'AddedFieldDefinition' }),
    condition: optional(
      template({
        description: 'Adds a field only when this is true; left out, always. It knows the value and the path too.',
        examples: ["{{ record.get('owner') is none }}"],
        variables: [...recordVariables, 'value', 'path'],
      }),
    ),
  },
  examples: ['fields:\n  - path: [source]\n    value: "{{ config[\'name\'] }}"'],
  build({ fields, condition }, scope) {
    const added = fields.map((field) => scope.build(field));
    const looksAtField = ['value', 'path'].some((name) => condition?.mentions(name));
    return {
      transform(record, variables) {
        for (const { path, value: valueOf } of added) {
          if (!looksAtField && condition?.isTrue(variables) === false) continue;
          const value = valueOf(variables);
          if (looksAtField && condition?.isTrue({ ...variables, value, path }) === false) continue;
          setAt(record, path, value);
        }
      },
    };
  },
});
