// PyAirbyte, a real client: the example that syncs all streams into DuckDB, twice.
import { join } from 'node:path';
import { type Client, failed, passed, skipped, type Work } from './client.ts';
import { executable, mustRun, root } from './support/command.ts';
import { pythonOptions, pythonWith } from './support/python.ts';
import { withSimulator } from './support/simulator.ts';
import { type ReadStream, runVerbs, told } from './support/verbs.ts';

const example = join(root, 'examples', 'pyairbyte', 'sync.py');

const COLUMNS = `
import duckdb, json, sys
rows = duckdb.connect(sys.argv[1], read_only=True).execute("select table_name, column_name, data_type from information_schema.columns")
print(json.dumps(rows.fetchall()))
`;

const TYPES: Readonly<Record<string, string>> = {
  integer: 'BIGINT',
  number: 'DECIMAL(38,9)',
  boolean: 'BOOLEAN',
  string: 'VARCHAR',
  object: 'JSON',
  array: 'JSON',
};

const columnName = (field: string): string => field.toLowerCase().replaceAll(/[^a-z0-9]/g, '_');

/** The columns that a stream has to have, and their types, from its schema. */
function expectedColumns({ name, json_schema: { properties = {} } }: ReadStream): string[] {
  return Object.entries(properties).map(([field, { type = [] }]) => {
    const types = [type].flat().filter((one) => one !== 'null');
    const column = types.length === 1 ? TYPES[types[0] ?? ''] : undefined;
    return `${name}.${columnName(field)} ${column ?? 'VARCHAR'}`;
  });
}

async function columnsOf(work: Work, python: string, database: string): Promise<Set<string>> {
  const columns = JSON.parse(await mustRun(work, [python, '-c', COLUMNS, database])) as [string, string, string][];
  return new Set(columns.map(([table, column, type]) => `${table}.${column} ${type}`));
}

/** How many records the example says that each stream has. */
const countsIn = (output: string): Map<string, number> =>
  new Map([...output.matchAll(/^(\w+) +(\d+)$/gm)].map(([, name = '', count]) => [name, Number(count)]));

export const pyairbyte: Client = {
  name: 'pyairbyte',
  shows: 'PyAirbyte syncs all streams into DuckDB, twice, with the columns that the schemas say.',
  run: async (work) => {
    const found = await pythonWith(work, ['airbyte'], 'examples/pyairbyte/requirements.txt');
    if ('why' in found) return skipped(found.why);
    return withSimulator(work, async (served) => {
      const database = join(work.folder, 'metabase.duckdb');
      const command = [found.python, example, served.configPath, database, '--executable', executable];
      const streams = await runVerbs(work, [executable], served);
      for (const nth of ['first', 'second']) {
        const counts = countsIn(await mustRun(work, command, pythonOptions(work)));
        const wrong = streams.filter(({ name, records }) => counts.get(name) !== records);
        const lines = wrong.map(({ name, records }) => `${name}: ${counts.get(name) ?? 'no'} rows, ${records} records`);
        if (lines.length > 0) return failed(`After the ${nth} sync:\n${lines.join('\n')}`);
      }
      const columns = await columnsOf(work, found.python, database);
      const missing = streams.flatMap(expectedColumns).filter((column) => !columns.has(column));
      if (missing.length > 0) return failed(`Columns that DuckDB does not have so:\n${missing.join('\n')}`);
      return passed(`${told(streams)}, twice; ${streams.flatMap(expectedColumns).length} columns`);
    });
  },
};
