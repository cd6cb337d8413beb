// Adds fields to the config.
import { setAt } from '../../text/json-edit.ts';
import { component, optional, slots, template } from '../component.ts';

export default component({
  kind: 'config_transformation',
  type: 'ConfigAddFields',
  summary: 'Adds fields to the config, or replaces them.',
  fields: {
    fields: slots('field', { description: 'The fields, in order.', defaultType: 'AddedFieldDefinition' }),
    condition: optional(
      template({
        description: 'Adds a field only when this is true; left out, always. It knows the value and the path too.',
        examples: ["{{ config.get('api_url') is none }}"],
        variables: ['value', 'path'],
      }),
    ),
  },
  examples: ['fields:\n  - path: [api_url]\n    value: "{{ config[\'host\'] }}/api"'],
  build({ fields, condition }, scope) {
    const added = fields.map((field) => scope.build(field));
    return {
      apply(config) {
        for (const { path, value: valueOf } of added) {
          const value = valueOf({ config });
          if (condition?.isTrue({ config, value, path }) ?? true) setAt(config, path, value);
        }
      },
    };
  },
});
