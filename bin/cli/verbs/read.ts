import { type CommonFlags, verb } from '../verb.ts';

export default verb<CommonFlags & { config: string; catalog: string; state?: string }>({
  name: 'read',
  summary: 'Prints the records of the configured streams, as RECORD messages.',
  declare: (command) =>
    command
      .requiredOption('--config <path>', 'JSON file with the configuration')
      .requiredOption('--catalog <path>', 'JSON file with the configured catalog')
      .option('--state <path>', 'JSON file with the state of the last sync'),
  examples: ['source-metabase read --config config.json --catalog catalog.json > records.jsonl'],
  run: async (flags) => {
    const { read } = await import('../source.ts');
    await read(flags);
  },
});
