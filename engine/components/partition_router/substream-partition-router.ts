// One partition for each record of one or several parent streams.
import { component, slots } from '../component.ts';
import { mergeParts } from '../parts.ts';

export default component({
  kind: 'partition_router',
  type: 'SubstreamPartitionRouter',
  summary: 'Reads the stream once for each record of its parent streams.',
  fields: {
    parent_stream_configs: slots('parent', {
      description: 'The parents, one after the other.',
      defaultType: 'ParentStreamConfig',
    }),
  },
  examples: [],
  build({ parent_stream_configs: configs }, scope) {
    const parents = configs.map((config) => scope.build(config));
    return {
      async *partitions() {
        for (const parent of parents) yield* parent.partitions();
      },
      inject: (partition) => mergeParts(...parents.map((parent) => parent.inject(partition))),
    };
  },
});
