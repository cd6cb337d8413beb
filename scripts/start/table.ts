// The table on the terminal: a row as soon as a stream has ended, a total at the end.
import type { StreamCounts } from './tally.ts';

export type Table = { header: () => string; row: (counts: StreamCounts) => string; total: () => string };

const COLUMNS = ['records', 'bytes', 'seconds', 'requests'] as const;
const WIDTH = 12;
const numbers = new Intl.NumberFormat('en');

export function createTable(streams: readonly string[]): Table {
  const nameWidth = Math.max(...streams.map((name) => name.length), 'stream'.length);
  const ended: StreamCounts[] = [];
  const line = (name: string, cells: readonly string[]) =>
    name.padEnd(nameWidth) + cells.map((cell) => cell.padStart(WIDTH)).join('');
  const sum = (valueOf: (counts: StreamCounts) => number) =>
    ended.reduce((total, counts) => total + valueOf(counts), 0);

  return {
    header: () => line('stream', COLUMNS),
    row: (counts) => {
      ended.push(counts);
      const mark = counts.status === 'COMPLETE' ? '' : `  ${counts.status}`;
      return line(counts.stream, cellsOf(counts)) + mark;
    },
    total: () => {
      const [records, bytes] = [sum((counts) => counts.records), sum((counts) => counts.bytes)];
      const requests = sum((counts) => counts.requests);
      // Streams are read side by side: together they take less than the sum.
      const startedAt = Math.min(...ended.map((counts) => counts.startedAt));
      const endedAt = Math.max(...ended.map((counts) => counts.endedAt));
      return line('total', cellsOf({ records, bytes, startedAt, endedAt, requests }));
    },
  };
}

const durationOf = ({ startedAt, endedAt }: Pick<StreamCounts, 'startedAt' | 'endedAt'>) => endedAt - startedAt;

type Cells = Pick<StreamCounts, 'records' | 'bytes' | 'startedAt' | 'endedAt' | 'requests'>;

function cellsOf(cells: Cells): string[] {
  const seconds = (durationOf(cells) / 1000).toFixed(2);
  return [numbers.format(cells.records), numbers.format(cells.bytes), seconds, numbers.format(cells.requests)];
}
