// One value to put into the template of a stream.
import { parse } from 'yaml';
import type { Template } from '../../text/template.ts';
import { boolean, component, list, optional, template } from '../component.ts';
import type { Variables } from '../../text/template.ts';
import { typedValue, valueType } from '../value-type.ts';
import { mappingVariables } from '../variables.ts';

const variables = mappingVariables;

/** A list or an object that the manifest writes as text, `[a, b]`. */
function structureIn(value: Template): unknown {
  const text = value.isConstant ? value.text().trim() : '';
  return /^[[{]/.test(text) ? (parse(text) as unknown) : undefined;
}

export default component({
  kind: 'component_mapping',
  type: 'ComponentMappingDefinition',
  summary: 'Puts a value into the template of a stream.',
  fields: {
    field_path: list(
      template({ description: 'A key on the way; * stands for every key, ** for every depth.', variables }),
      {
        description: 'Where the value goes in the template.',
        examples: [['name'], ['retriever', 'requester', 'path'], ['**', 'entity']],
      },
    ),
    value: template({
      description: 'The value. It is put in as it is: what looks like a template in it is not rendered again.',
      variables,
      examples: ["{{ components_values['name'] }}", "reports/{{ components_values['id'] }}"],
    }),
    value_type: valueType,
    create_or_update: optional(
      boolean({ description: 'When true, a path that the template has not is made.', default: false }),
    ),
    condition: optional(
      template({
        description: 'Puts the value in only when this is true; left out, always.',
        variables,
        examples: ["{{ 'key' in components_values }}"],
      }),
    ),
  },
  examples: ['field_path: [name]\nvalue: "{{ components_values[\'name\'] }}"'],
  build({ field_path, value, value_type, create_or_update: creates = false, condition }) {
    const structure = value_type === 'string' ? undefined : structureIn(value);
    const valueOf = structure === undefined ? typedValue(value, value_type) : () => structure;
    return {
      change(context: Variables) {
        if (condition && !condition.isTrue(context)) return undefined;
        return { path: field_path.map((key) => key.text(context)), value: valueOf(context), creates };
      },
    };
  },
});
