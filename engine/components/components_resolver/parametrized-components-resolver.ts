// One stream for each set of values that the manifest lists.
import { component, slot } from '../component.ts';
import { changesBy, components_mapping } from './changes.ts';

export default component({
  kind: 'components_resolver',
  type: 'ParametrizedComponentsResolver',
  summary: 'Makes one stream of the template for each set of values that the manifest lists.',
  fields: {
    stream_parameters: slot('stream_parameters', {
      description: 'The sets of values.',
      defaultType: 'StreamParametersDefinition',
    }),
    components_mapping,
  },
  examples: [
    'stream_parameters:\n  list_of_parameters_for_stream:\n    - name: users\ncomponents_mapping:\n  - field_path: [name]\n    value: "{{ components_values[\'name\'] }}"',
  ],
  build({ stream_parameters, components_mapping: mappings }, scope) {
    const changes = changesBy(mappings, scope);
    const { sets } = scope.build(stream_parameters);
    return {
      async *resolve(template) {
        for (const values of sets) yield await Promise.resolve(changes(template, { components_values: values }));
      },
    };
  },
});
