// Parquet: a file for each stream, written by DuckDB. What is nested is text, for readers differ in what they take for JSON.
import { join } from 'node:path';
import { identifier, openDatabase } from '../duckdb.ts';
import { beginTable } from '../duckdb-table.ts';
import { openFolder } from '../files.ts';
import type { Target } from '../target.ts';

export async function openParquet(path: string): Promise<Target> {
  const folder = await openFolder(path);
  const database = await openDatabase(join(folder.temporary, '.tables.duckdb')).catch(async (thrown: unknown) => {
    await folder.close();
    throw thrown;
  });
  return {
    async open(stream, schema, warn) {
      const table = await beginTable(database, { name: stream, schema, warn });
      const file = folder.file(stream, 'parquet');
      return {
        write: table.write,
        async commit() {
          const columns = table.end().map(({ name, sql }) => {
            const column = identifier(name);
            return sql === 'JSON' ? `${column}::VARCHAR AS ${column}` : column;
          });
          const rows = `SELECT ${columns.join(', ')} FROM ${identifier(stream)}`;
          await table.run(`COPY (${rows}) TO '${file.path.replaceAll("'", "''")}' (FORMAT parquet)`);
          table.close();
          await file.replace();
        },
        async abandon() {
          table.close();
          await file.remove();
        },
      };
    },
    async close() {
      database.close();
      await folder.close();
    },
  };
}
