// One stream for each entry of the config.
import { isJsonObject, type JsonObject } from '../../text/json.ts';
import { component, slotOrSlots } from '../component.ts';
import { changesBy, components_mapping } from './changes.ts';

/** Every combination of one entry of each list. */
function combinations(lists: readonly unknown[][]): unknown[][] {
  return lists.reduce<unknown[][]>((all, list) => all.flatMap((some) => list.map((entry) => [...some, entry])), [[]]);
}

/** The entries of a combination as one object; one that is no object stands under a name of its own, after its position. */
function merged(entries: readonly unknown[], lists: readonly unknown[][]): JsonObject {
  const values: JsonObject = {};
  entries.forEach((entry, index) => {
    if (isJsonObject(entry)) Object.assign(values, entry);
    else values[`source_config_${index}`] = [lists[index]?.indexOf(entry), entry];
  });
  return values;
}

export default component({
  kind: 'components_resolver',
  type: 'ConfigComponentsResolver',
  summary: 'Makes one stream of the template for each entry of a list in the config.',
  fields: {
    stream_config: slotOrSlots('stream_config', {
      description: 'Where the entries are; of several lists, every combination makes a stream.',
      defaultType: 'StreamConfig',
    }),
    components_mapping,
  },
  examples: [
    'stream_config:\n  configs_pointer: [reports]\ncomponents_mapping:\n  - field_path: [name]\n    value: "{{ components_values[\'name\'] }}"',
  ],
  build({ stream_config, components_mapping: mappings }, scope) {
    const changes = changesBy(mappings, scope);
    const configs = [stream_config].flat().map((config) => scope.build(config));
    return {
      async *resolve(template) {
        const lists = configs.map(({ entries }) => entries());
        for (const entries of combinations(lists)) {
          yield await Promise.resolve(changes(template, { components_values: merged(entries, lists) }));
        }
      },
    };
  },
});
