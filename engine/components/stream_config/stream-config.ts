// Where in the config the entries are that streams are made of.
import { valueAt } from '../../text/json-path.ts';
import { anyObject, component, list, optional, template } from '../component.ts';

export default component({
  kind: 'stream_config',
  type: 'StreamConfig',
  summary: 'Names a list in the config, with one entry for each stream.',
  fields: {
    configs_pointer: list(template({ description: 'A key on the way to the list.' }), {
      description: 'Path of the list; a single entry is a list of one, nothing there is none.',
      examples: [['reports'], ['data', 'streams']],
    }),
    default_values: optional(
      list(anyObject({ description: 'An entry.' }), {
        description: 'Entries that are there whatever the config says. Left out, there are none.',
        examples: [[{ name: 'all' }]],
      }),
    ),
  },
  examples: ['configs_pointer: [reports]\ndefault_values:\n  - name: all'],
  build: ({ configs_pointer, default_values = [] }, { config }) => ({
    entries() {
      const found = valueAt(
        config,
        configs_pointer.map((key) => key.text()),
      );
      return [...[found ?? []].flat(), ...default_values];
    },
  }),
});
