import { type CommonFlags, verb } from '../verb.ts';

export default verb<CommonFlags & { config: string }>({
  name: 'check',
  summary: 'Checks the connection and prints a CONNECTION_STATUS message.',
  declare: (command) => command.requiredOption('--config <path>', 'JSON file with the configuration'),
  examples: ['source-metabase check --config config.json'],
  run: async (flags) => {
    const { check } = await import('../source.ts');
    await check(flags);
  },
});
