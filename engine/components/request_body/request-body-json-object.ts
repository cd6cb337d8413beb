// A JSON body.
import { component, template } from '../component.ts';
import { objectFrom } from '../parts.ts';
import { requestVariables } from '../variables.ts';

export default component({
  kind: 'request_body',
  type: 'RequestBodyJsonObject',
  summary: 'Sends an object as JSON.',
  fields: {
    value: template({
      description: 'The object.',
      examples: [{ limit: 100 }],
      also: ['object'],
      variables: requestVariables,
    }),
  },
  examples: ['value:\n  limit: 100'],
  build: ({ value }) => ({ parts: (variables) => ({ bodyJson: objectFrom(value.render(variables), 'The body') }) }),
});
