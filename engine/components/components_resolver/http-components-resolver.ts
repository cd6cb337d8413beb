// One stream for each record that the server gives.
import { pMapIterable } from 'p-map';
import { asEngineError } from '../../errors.ts';
import type { JsonObject } from '../../text/json.ts';
import { component, slot } from '../component.ts';
import type { Partition, Resolved, Retriever } from '../kinds.ts';
import { partitionVariables } from '../variables.ts';
import { changesBy, components_mapping } from './changes.ts';

/** So many requests at once; the process has a limit of its own. */
const CONCURRENCY = 8;

export default component({
  kind: 'components_resolver',
  type: 'HttpComponentsResolver',
  summary: 'Makes one stream of the template for each record that a retriever gives.',
  fields: {
    retriever: slot('retriever', { description: 'Gets the records.', defaultType: 'SimpleRetriever' }),
    components_mapping,
  },
  examples: [
    'retriever:\n  requester:\n    url: https://example.com/reports\n  record_selector:\n    extractor:\n      field_path: []\ncomponents_mapping:\n  - field_path: [name]\n    value: "{{ components_values[\'name\'] }}"',
  ],
  build({ retriever: slotOfRetriever, components_mapping: mappings }, scope) {
    const changes = changesBy(mappings, scope);

    /** What one partition brings. When it cannot be had, that is for its streams to tell: others may be fine. */
    async function resolvePartition(retriever: Retriever, partition: Partition, template: JsonObject) {
      const variables = partitionVariables(partition);
      const resolved: Resolved[] = [];
      try {
        for await (const row of (await retriever.retrieve(partition, true)) ?? []) {
          resolved.push(changes(template, { ...variables, components_values: row.value() }));
        }
      } catch (thrown) {
        resolved.push({ variables, error: asEngineError(thrown) });
      }
      return resolved;
    }

    return {
      async *resolve(template) {
        // Built only here: without streams to find, nobody waits for its replies.
        const retriever = scope.build(slotOfRetriever);
        const all = pMapIterable(
          retriever.partitions(),
          (partition) => resolvePartition(retriever, partition, template),
          { concurrency: CONCURRENCY },
        );
        for await (const resolved of all) yield* resolved;
      },
    };
  },
});
