// One partition for each value of a list.
import { ConfigError } from '../../errors.ts';
import { pythonText } from '../../text/python.ts';
import { component, optional, slot, template } from '../component.ts';

export default component({
  kind: 'partition_router',
  type: 'ListPartitionRouter',
  summary: 'Reads the stream once for each value of a list.',
  fields: {
    cursor_field: template({ description: 'Name of the value in stream_partition.', examples: ['section'] }),
    values: template({
      description: 'The values.',
      also: ['array'],
      examples: [['active', 'archived'], "{{ config['sections'] }}"],
    }),
    request_option: optional(
      slot('request_option', {
        description:
          'Where the value goes in the request; left out, the request has it in a template, as stream_partition.',
        defaultType: 'RequestOption',
      }),
    ),
  },
  examples: ['cursor_field: state\nvalues: [active, archived]'],
  build({ cursor_field, values, request_option }, scope) {
    const field = cursor_field.text();
    const option = request_option && scope.build(request_option);
    const all = values.render();
    if (!Array.isArray(all))
      throw new ConfigError(`"${pythonText(all)}" is no list of values to read by. Correct it in the config.`);
    return {
      async *partitions() {
        for (const value of all as unknown[])
          yield await Promise.resolve({ values: { [field]: value }, extraFields: {} });
      },
      inject: ({ values: partition }) => (option && partition[field] ? option.parts(partition[field]) : {}),
    };
  },
});
