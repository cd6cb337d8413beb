// A DuckDB file: a table for each stream.
import { openDatabase } from '../duckdb.ts';
import { beginTable } from '../duckdb-table.ts';
import type { Target } from '../target.ts';

export async function openDuckdb(path: string): Promise<Target> {
  const database = await openDatabase(path);
  return {
    async open(stream, schema, warn) {
      const table = await beginTable(database, { name: stream, schema, warn });
      return {
        write: table.write,
        async commit() {
          table.end();
          await table.run('COMMIT');
          table.close();
        },
        abandon: () => Promise.resolve(table.close()),
      };
    },
    close: () => Promise.resolve(database.close()),
  };
}
