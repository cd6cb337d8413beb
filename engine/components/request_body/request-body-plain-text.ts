// A body of plain text.
import { component, template } from '../component.ts';
import { requestVariables } from '../variables.ts';

export default component({
  kind: 'request_body',
  type: 'RequestBodyPlainText',
  summary: 'Sends text as it is.',
  fields: { value: template({ description: 'The text.', examples: ['SELECT 1'], variables: requestVariables }) },
  examples: ['value: all of it'],
  build: ({ value }) => ({ parts: (variables) => ({ bodyText: value.text(variables) }) }),
});
