// The table at the end of a sync: a row for each stream, and what that makes together.
import type { Progress } from '../../engine/sync/writer.ts';

const numbers = new Intl.NumberFormat('en');
const WIDTH = 14;

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The table; `place` says where the streams are. */
export function summaryOf(all: readonly Progress[], place: string): string {
  const streams = all.filter(({ status }) => status !== 'left out');
  const nameWidth = Math.max(...streams.map(({ stream }) => stream.length), 'stream'.length);
  const line = (name: string, cells: readonly string[], status: string): string =>
    `${name.padEnd(nameWidth)}${cells.map((cell) => cell.padStart(WIDTH)).join('')}  ${status}`.trimEnd();
  const rows = streams.map(({ stream, records, bytes, startedAt, endedAt, status }) =>
    line(stream, [numbers.format(records), numbers.format(bytes), seconds(Math.max(endedAt - startedAt, 0))], status),
  );
  const complete = streams.filter(({ status }) => status === 'complete');
  // Streams are read side by side: together they take less than the sum.
  const [from, to] = [
    Math.min(...streams.map(({ startedAt }) => startedAt)),
    Math.max(...streams.map(({ endedAt }) => endedAt)),
  ];
  const total = [
    numbers.format(sum(streams.map(({ records }) => records))),
    numbers.format(sum(streams.map(({ bytes }) => bytes))),
    seconds(Math.max(to - from, 0)),
  ];
  const stays = complete.length < streams.length ? ' What was there of the others stays as it was.' : '';
  return [
    line('stream', ['records', 'bytes', 'seconds'], 'status'),
    ...rows,
    line('total', total, ''),
    '',
    `Complete: ${complete.length} of ${streams.length} streams, in ${place}.${stays}`,
    '',
  ].join('\n');
}
