// A schema that the server describes.
import type { JsonObject } from '../../text/json.ts';
import { component, optional, slot, slots } from '../component.ts';
import type { Retriever } from '../kinds.ts';

/** The first record of a retriever. */
async function firstRecord({ partitions, retrieve }: Retriever): Promise<JsonObject | undefined> {
  for await (const partition of partitions()) {
    for await (const row of (await retrieve(partition, true)) ?? []) return row.value();
  }
  return undefined;
}

export default component({
  kind: 'schema_loader',
  type: 'DynamicSchemaLoader',
  summary: 'Makes the JSON Schema of the records from what the server says of their fields.',
  fields: {
    retriever: slot('retriever', {
      description: 'Gets the description; its first record counts.',
      defaultType: 'SimpleRetriever',
    }),
    schema_type_identifier: slot('schema_types', {
      description: 'Where names and types are in it.',
      defaultType: 'SchemaTypeIdentifier',
    }),
    schema_filter: optional(
      slot('filter', {
        description:
          'Leaves fields out: `record` is an object with the one field in question. Left out, all are there.',
        defaultType: 'RecordFilter',
      }),
    ),
    schema_transformations: optional(
      slots('transformation', {
        description: 'What is done to the properties of the schema, in this order. Left out, nothing.',
      }),
    ),
  },
  examples: [
    'retriever:\n  requester:\n    url: https://example.com/fields\n  record_selector:\n    extractor:\n      field_path: []\nschema_type_identifier:\n  schema_pointer: [fields]\n  key_pointer: [name]\n  type_pointer: [type]',
  ],
  build({ retriever, schema_type_identifier, schema_filter, schema_transformations = [] }, scope) {
    const types = scope.build(schema_type_identifier);
    const keeps = schema_filter && scope.build(schema_filter).keeps;
    const transformations = schema_transformations.map((transformation) => scope.build(transformation));
    return {
      async load() {
        // Built only here: a stream that is read needs no schema.
        const record = await firstRecord(scope.build(retriever));
        if (!record)
          scope.log('WARN', `${scope.streamName ?? 'stream'}: nothing describes its fields, so its schema has none.`);
        const all = Object.entries(record ? types.properties(record) : {});
        const kept = all.filter(([name, schema]) => keeps?.({ record: { [name]: schema } }) ?? true);
        const properties: JsonObject = Object.fromEntries(kept);
        for (const { transform } of transformations) transform(properties, {});
        return {
          $schema: 'http://json-schema.org/draft-07/schema#',
          type: 'object',
          additionalProperties: true,
          properties,
        };
      },
    };
  },
});
