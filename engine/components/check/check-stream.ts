// Checks a connection by reading the first record of some streams.
import { component, optional, streamNames, template } from '../component.ts';

export default component({
  kind: 'check',
  type: 'CheckStream',
  summary: 'Checks a connection by reading the first record of each of these streams.',
  fields: {
    stream_names: streamNames({ description: 'The streams to read from.', examples: [['users']] }),
    success_message: optional(
      template({
        description:
          'What to tell the user of a good connection; `record` is the first record of the last stream. Left out, the message is that of the platform.',
        variables: ['record'],
        examples: ['Connected as {{ record.email }}.'],
        extension: { without: 'a good connection is reported without a word' },
      }),
    ),
  },
  examples: ['stream_names: [users]'],
  notYet: ['dynamic_streams_check_configs', 'config_overrides'],
  build: ({ stream_names: names, success_message: message }) => ({
    streamNames: names,
    successMessage: (record) => message?.text({ record }),
  }),
});
