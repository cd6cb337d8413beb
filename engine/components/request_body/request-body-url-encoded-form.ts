// A form body.
import { component, template } from '../component.ts';
import { objectFrom } from '../parts.ts';
import { requestVariables } from '../variables.ts';

export default component({
  kind: 'request_body',
  type: 'RequestBodyUrlEncodedForm',
  summary: 'Sends an object as a form (application/x-www-form-urlencoded).',
  fields: {
    value: template({
      description: 'The fields.',
      examples: [{ grant_type: 'password' }],
      also: ['object'],
      variables: requestVariables,
    }),
  },
  examples: ['value:\n  grant_type: password'],
  build: ({ value }) => ({ parts: (variables) => ({ bodyForm: objectFrom(value.render(variables), 'The body') }) }),
});
