// One partition for each record of one or several parent streams.
import { component, slots } from '../component.ts';
import type { Partition } from '../kinds.ts';
import { mergeParts } from '../parts.ts';

export default component({
  kind: 'partition_router',
  type: 'SubstreamPartitionRouter',
  summary: 'Reads the stream once for each record of its parent streams.',
  fields: {
    parent_stream_configs: slots('parent', {
      description: 'The parents, one after the other; those with fallback only where one before them was ignored.',
      defaultType: 'ParentStreamConfig',
    }),
  },
  examples: [
    'parent_stream_configs:\n  - parent_key: id\n    partition_field: user_id\n    stream:\n      name: users\n      retriever:\n        requester:\n          url: https://example.com/users\n        record_selector:\n          extractor:\n            field_path: []',
  ],
  build({ parent_stream_configs: configs }, scope) {
    const parents = configs.map((config) => scope.build(config));

    async function* partitions(): AsyncIterable<Partition> {
      let ignored = 0;
      for (const parent of parents) {
        if (parent.isFallback && ignored === 0) continue;
        // A fallback makes good what is missing, unless it is ignored itself.
        if (parent.isFallback) ignored = 0;
        yield* parent.partitions(() => (ignored += 1));
      }
    }

    /** The first parent tells, and where it is not there what takes its place. */
    async function isOffered(hasFallback?: boolean): Promise<boolean> {
      const asked = parents.filter(({ isFallback }, index) => index === 0 || isFallback);
      for (const [index, parent] of asked.entries()) {
        if (await parent.isOffered(index < asked.length - 1 || hasFallback)) return true;
      }
      return asked.length === 0;
    }

    return {
      partitions,
      isOffered,
      inject: (partition) => mergeParts(...parents.map((parent) => parent.inject(partition))),
    };
  },
});
