// One partition for each record of another stream.
import { valueAt } from '../../text/json-path.ts';
import type { JsonObject } from '../../text/json.ts';
import { requestAhead } from '../ahead.ts';
import { boolean, component, list, optional, slot, template } from '../component.ts';

const key = { description: 'A key on the way to the field.' };

export default component({
  kind: 'parent',
  type: 'ParentStreamConfig',
  summary: 'Reads the stream once for each record of another stream.',
  fields: {
    stream: slot('stream', { description: 'The parent stream.', defaultType: 'DeclarativeStream' }),
    parent_key: template({
      description: "Field of the parent's records to read by; a/b leads into objects.",
      examples: ['id'],
    }),
    partition_field: template({ description: 'Name of its value in stream_partition.', examples: ['parent_id'] }),
    request_option: optional(
      slot('request_option', {
        description:
          'Where the value goes in the request; left out, the request has it in a template, as stream_partition.',
        defaultType: 'RequestOption',
      }),
    ),
    incremental_dependency: optional(
      boolean({ description: 'Whether the parent is read incrementally too.', default: false }),
    ),
    fallback: optional(
      boolean({
        description:
          'When true, this parent is read only when a request of one before it was ignored by its error handler, such as a 404 with the action IGNORE.',
        default: false,
        extension: {
          without: 'this parent is left out: nothing is read where those before it are missing',
          changesRecords: true,
          ownsComponent: true,
        },
      }),
    ),
    extra_fields: optional(
      list(list(template(key), { description: 'Path of a field.' }), {
        description: "More fields of the parent's records, for stream_slice.extra_fields. Left out, there are none.",
        examples: [[['name'], ['owner', 'email']]],
      }),
    ),
  },
  examples: [
    'parent_key: id\npartition_field: parent_id\nstream:\n  name: parents\n  retriever:\n    requester:\n      url: https://example.com/parents\n    record_selector:\n      extractor:\n        field_path: []',
  ],
  notYet: ['lazy_read_pointer'],
  build({ stream, parent_key, partition_field, request_option, extra_fields = [], fallback = false }, scope) {
    const { retriever } = scope.build(stream);
    const option = request_option && scope.build(request_option);
    // Parents without children must not leave slots empty. None ahead when somebody looks on.
    const atOnce = (): number => (scope.observer ? 0 : scope.concurrency());
    const keyPath = parent_key.text().split('/');
    const field = partition_field.text();
    const extraPaths = extra_fields.map((path) => path.map((part) => part.text()));
    const extrasOf = (record: JsonObject): JsonObject =>
      Object.fromEntries(extraPaths.map((path) => [path.join('.'), valueAt(record, path) ?? null]));
    return {
      isFallback: fallback,
      isOffered: retriever.isOffered,
      async *partitions(onIgnored) {
        for await (const { partition: parent, rows } of requestAhead(retriever, atOnce(), true)) {
          if (!rows) onIgnored();
          for await (const row of rows ?? []) {
            const value = valueAt(row.value(), keyPath);
            if (value === undefined || value === null) continue;
            yield {
              values: { [field]: value, parent_slice: parent.values },
              extraFields: extrasOf(row.value()),
              parentRecord: row,
            };
          }
        }
      },
      inject: ({ values }) => (option && values[field] ? option.parts(values[field]) : {}),
    };
  },
});
