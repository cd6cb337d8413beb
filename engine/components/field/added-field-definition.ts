// A field to add, and its value.
import { component, list, template, text } from '../component.ts';
import { typedValue, valueType } from '../value-type.ts';
import { recordVariables } from '../variables.ts';

export default component({
  kind: 'field',
  type: 'AddedFieldDefinition',
  summary: 'A field to add and its value.',
  fields: {
    path: list(text({ description: 'A key on the way to the field.' }), {
      description: 'Path of the field; objects on the way are made.',
      examples: [['parent_id']],
    }),
    value: template({
      description: 'The value; a single expression keeps its type.',
      variables: recordVariables,
      examples: ["{{ record['id'] }}", "{{ stream_partition['parent_id'] }}"],
    }),
    value_type: valueType,
  },
  examples: ['path: [parent_id]\nvalue: "{{ stream_partition[\'parent_id\'] }}"'],
  build: ({ path, value, value_type }) => ({ path, value: typedValue(value, value_type) }),
});
