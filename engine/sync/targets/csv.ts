// CSV (RFC 4180): a file for each stream, with a head. Nothing between two commas is null, "" an empty text; what is nested is JSON.
import { columnTypes, textOf } from '../column-types.ts';
import { type Column, columnsOf } from '../columns.ts';
import { fileTable, openFolder } from '../files.ts';
import type { Target } from '../target.ts';

const quoted = (text: string): string =>
  text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

const lineOf = (cells: readonly string[]): Buffer => Buffer.from(`${cells.join(',')}\r\n`);

export async function openCsv(path: string): Promise<Target> {
  const folder = await openFolder(path);
  return {
    open(stream, schema, warn) {
      const columns = columnsOf(schema);
      const odd = new Set<string>();

      function cellOf({ name, type }: Column, json: string | undefined): string {
        if (json === undefined) return '';
        const text = type.isText ? textOf(json) : undefined;
        const isOdd = type !== columnTypes.json && (type.isText ? text === undefined : /^["[{]/.test(json));
        if (isOdd && !odd.has(name)) {
          odd.add(name);
          warn(`the column "${name}" holds values of another type than is declared; they stand there as JSON.`);
        }
        return quoted(text ?? json);
      }

      return fileTable(folder.file(stream, 'csv'), lineOf(columns.all.map(({ name }) => quoted(name))), (record) => [
        lineOf(columns.cellsOf(record).map((json, index) => cellOf(columns.all[index] as Column, json))),
      ]);
    },
    close: folder.close,
  };
}
