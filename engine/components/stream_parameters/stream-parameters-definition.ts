// The sets of values that streams are made of.
import { anyObject, component, list } from '../component.ts';

export default component({
  kind: 'stream_parameters',
  type: 'StreamParametersDefinition',
  summary: 'Lists sets of values, one for each stream.',
  fields: {
    list_of_parameters_for_stream: list(anyObject({ description: 'The values of one stream.' }), {
      description: 'The sets.',
      examples: [[{ name: 'users' }, { name: 'teams' }]],
    }),
  },
  examples: ['list_of_parameters_for_stream:\n  - name: users\n  - name: teams'],
  build: ({ list_of_parameters_for_stream: sets }) => ({ sets }),
});
