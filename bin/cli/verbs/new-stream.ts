import type { NewStreamFlags } from '../new.ts';
import { verb } from '../verb.ts';

export default verb<NewStreamFlags, [name: string]>({
  name: 'stream',
  isForAuthors: true,
  summary: 'Writes a stream with its schema and its test, and adds it to the manifest.',
  declare: (command) =>
    command
      .argument('<name>', 'name of the stream, such as order_items')
      .requiredOption('--endpoint <endpoint>', 'path after the address of the manifest, with its query')
      .option('--config <path>', 'JSON file with a configuration: asks the server, for the schema and the test')
      .option('--primary-key <fields>', 'fields that identify a record, with commas; id if the records have it')
      .option(
        '--records-at <field>',
        'field of the reply with the records, such as data or data.items; . for all of it',
      ),
  examples: [
    'source-metabase new stream channels --endpoint channel',
    "source-metabase new stream orders --endpoint 'orders?status=all' --config config.json --manifest manifest.yaml",
    'source-metabase new stream stock --endpoint stock --records-at data.items --primary-key shop,product',
  ],
  notes:
    'It writes streams/NAME.yaml, schemas/NAME.json and test/streams/NAME.yaml beside the manifest, and one line into it. Nothing is\n' +
    'overwritten. With a config, the schema and the test are made of what the server answers, without secrets; else of what is made up.',
  run: async (flags, [name], command) => {
    const { newStream } = await import('../new.ts');
    await newStream(name, flags, command);
  },
});
