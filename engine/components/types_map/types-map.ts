// A type of the server, and the one of JSON Schema that takes its place.
import { isEqual } from '../../text/python.ts';
import { anyOf, component, optional, template } from '../component.ts';

export default component({
  kind: 'types_map',
  type: 'TypesMap',
  summary: 'Replaces a type that the server names by one of the language.',
  fields: {
    current_type: anyOf<string | string[]>(['string', 'array'], {
      description: 'What the server says.',
      examples: ['int8', ['int4', 'int8']],
    }),
    target_type: anyOf<unknown>(['string', 'array', 'object'], {
      description: 'What takes its place; two types, one or the other; a field_type array with the type of its items.',
      examples: ['integer', ['string', 'integer'], { field_type: 'array', items: 'string' }],
    }),
    condition: optional(
      template({
        description:
          'Applies only when this is true; left out, always. `raw_schema` is what the server says of the field.',
        variables: ['raw_schema'],
        examples: ["{{ raw_schema['scale'] > 0 }}"],
      }),
    ),
  },
  examples: ['current_type: int8\ntarget_type: integer'],
  build: ({ current_type, target_type, condition }) => ({
    targetOf: (type, field) =>
      isEqual(type, current_type) && (condition?.isTrue({ raw_schema: field }) ?? true) ? target_type : undefined,
  }),
});
