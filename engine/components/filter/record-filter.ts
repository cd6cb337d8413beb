// Keeps the records for which a condition holds.
import { component, optional, template } from '../component.ts';
import { recordVariables } from '../variables.ts';

export default component({
  kind: 'filter',
  type: 'RecordFilter',
  summary: 'Keeps the records for which a condition is true.',
  fields: {
    condition: optional(
      template({
        description: 'The condition; left out, nothing is kept.',
        variables: recordVariables,
        examples: ["{{ record['archived'] }}"],
      }),
    ),
  },
  examples: ['condition: "{{ record[\'size\'] > 0 }}"'],
  build: ({ condition }) => ({ keeps: (variables) => condition?.isTrue(variables) ?? false }),
});
