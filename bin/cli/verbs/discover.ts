import { type CommonFlags, verb } from '../verb.ts';

export default verb<CommonFlags & { config?: string; all?: boolean }>({
  name: 'discover',
  summary: 'Prints the streams and their schemas, as a CATALOG message.',
  declare: (command) =>
    command
      .option('--config <path>', 'JSON file with the configuration')
      .option('--all', 'every stream of the manifest, without a configuration and without asking the server'),
  examples: ['source-metabase discover --config config.json', 'source-metabase discover --all'],
  run: async (flags, _args, command) => {
    const { all = false, config } = flags;
    if (!all && config === undefined) command.error("error: required option '--config <path>' not specified");
    const { answered } = await import('../bundled.ts');
    if (all && answered(flags, 'catalog.jsonl')) return;
    const { discover } = await import('../source.ts');
    await discover({ ...flags, config: all ? undefined : config });
  },
});
