import { Option } from 'commander';
import type { CredentialsName } from '../../../engine/authoring/new/new-connector.ts';
import type { NewConnectorFlags } from '../new.ts';
import { verb } from '../verb.ts';

const ways: readonly CredentialsName[] = ['none', 'api-key', 'bearer', 'basic'];

export default verb<NewConnectorFlags, [folder: string]>({
  name: 'connector',
  summary: 'Writes a manifest that has no stream yet, into a folder.',
  declare: (command) =>
    command
      .argument('<folder>', 'where to; it is made if it is not there')
      .requiredOption('--url <url>', 'address that the paths of the streams follow')
      .addOption(new Option('--auth <way>', 'how requests show who asks').choices(ways).default('none'))
      .option('--title <title>', 'name of the service; that of the folder if left out'),
  examples: [
    'source-metabase new connector source-shop --url https://shop.example.com/api/ --auth bearer',
    "source-metabase new connector . --url https://shop.example.com/api/ --title 'The Shop'",
  ],
  notes: 'Nothing is overwritten.',
  run: async (flags, [folder], command) => {
    const { newConnector } = await import('../new.ts');
    await newConnector(folder, flags, command);
  },
});
