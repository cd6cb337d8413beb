// A field to add, and its value.
import { SystemError } from '../../errors.ts';
import { isLosslessNumber } from '../../text/json.ts';
import { pythonText } from '../../text/python.ts';
import { choice, component, list, optional, template, text } from '../component.ts';
import { recordVariables } from '../variables.ts';

/** What value_type makes of a value. Throws SystemError when it cannot. */
const conversions: Readonly<Record<string, (value: unknown) => unknown>> = {
  string: pythonText,
  integer: (value) => asNumber(value, Number.isInteger),
  number: (value) => asNumber(value, Number.isFinite),
};

function asNumber(value: unknown, isRight: (number: unknown) => boolean): unknown {
  if (isLosslessNumber(value)) return value;
  const number = Number(pythonText(value));
  if (pythonText(value).trim() === '' || !isRight(number)) {
    throw new SystemError(`"${pythonText(value)}" is no number, which value_type asks for.`);
  }
  return number;
}

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
    value_type: optional(
      choice(['string', 'number', 'integer', 'boolean'], { description: 'Type to turn the value into.' }),
    ),
  },
  examples: ['path: [parent_id]\nvalue: "{{ stream_partition[\'parent_id\'] }}"'],
  build({ path, value, value_type }) {
    if (value_type === 'boolean') return { path, value: (variables) => value.isTrue(variables) };
    const convert = conversions[value_type ?? ''] ?? ((rendered: unknown) => rendered ?? null);
    return { path, value: (variables) => convert(value.render(variables)) };
  },
});
