import { Option } from 'commander';
import type { SyncFlags } from '../sync.ts';
import { verb } from '../verb.ts';

const isDatabase = (path: string): boolean => /\.(duckdb|ddb|db)$/i.test(path);
const isFile = (path: string): boolean => /\.(jsonl?|ndjson|csv|parquet)$/i.test(path);
const commaSeparated = (names: string): string[] => names.split(',').map((name) => name.trim());

export default verb<Omit<SyncFlags, 'target'> & { format?: 'jsonl' | 'csv' | 'parquet' }>({
  name: 'sync',
  summary: 'Writes all streams into files or a DuckDB database: for those who have no Airbyte.',
  declare: (command) =>
    command
      .requiredOption('--config <path>', 'JSON file with the configuration')
      .requiredOption('--to <path>', 'a folder, which gets a file for each stream, or FILE.duckdb, a table for each')
      .addOption(new Option('--format <format>', 'of the files (default: jsonl)').choices(['jsonl', 'csv', 'parquet']))
      .option('--streams <names>', 'only these, with commas between them', commaSeparated),
  examples: [
    'source-metabase sync --config config.json --to metabase.duckdb',
    'source-metabase sync --config config.json --to out --format parquet --streams cards,dashboards',
  ],
  notes:
    'Streams are read in full. Each file or table is replaced at once when its stream is complete, and stays as it was when the\n' +
    'stream fails. Parquet and DuckDB need the package @duckdb/node-api.\n\n' +
    'Exit code: 0 if all streams are complete, 1 if not.',
  run: async (flags, _args, command) => {
    const { to, format } = flags;
    if (isDatabase(to) && format !== undefined) {
      command.error(`error: --format is for folders: ${to} is a DuckDB database. Leave one of the two out.`);
    }
    if (!isDatabase(to) && isFile(to)) {
      command.error(`error: --to names a folder, which gets a file for each stream, or FILE.duckdb: ${to} is neither.`);
    }
    const { sync } = await import('../sync.ts');
    await sync({ ...flags, target: isDatabase(to) ? 'duckdb' : (format ?? 'jsonl') });
  },
});
