// A schema in the manifest.
import { anyObject, component, optional } from '../component.ts';

export default component({
  kind: 'schema_loader',
  type: 'InlineSchemaLoader',
  summary: 'Holds the JSON Schema of the records; $ref can bring it from a file.',
  fields: {
    schema: optional(
      anyObject({
        description: 'The JSON Schema; left out, it says nothing of the fields.',
        examples: [{ type: 'object', properties: { id: { type: ['null', 'integer'] } } }],
      }),
    ),
  },
  examples: ['schema:\n  type: object\n  properties:\n    id:\n      type: [integer, "null"]'],
  build: ({ schema = {} }) => ({ load: () => schema }),
});
