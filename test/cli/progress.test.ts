// How a sync is told on a terminal and elsewhere. Time is what the test says.
import { PassThrough } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { afterEach, expect, test, vi } from 'vitest';
import { createProgress } from '../../bin/cli/progress.ts';
import { summaryOf } from '../../bin/cli/summary.ts';
import type { Progress } from '../../engine/sync/writer.ts';

afterEach(() => {
  vi.useRealTimers();
});

const stream = (name: string, more: Partial<Progress> = {}): Progress => ({
  stream: name,
  status: 'waiting',
  records: 0,
  bytes: 0,
  startedAt: 0,
  endedAt: 0,
  ...more,
});
const reading = stream('cards', { status: 'reading', records: 1500, bytes: 4_500_000, startedAt: 1000 });
const done = stream('users', { status: 'complete', records: 1, bytes: 400, startedAt: 1000, endedAt: 1200 });

function output(isTTY: boolean) {
  const out = Object.assign(new PassThrough(), { isTTY, rows: 24, columns: 80 });
  const text = (): string => (out.read() as Buffer | null)?.toString() ?? '';
  return { out: out as unknown as WriteStream, text };
}

test('elsewhere than on a terminal each stream gets a line when it ends, and one every ten seconds before', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const { out, text } = output(false);
  const progress = await createProgress(out, { isDebug: false, now: () => 4000 });
  progress.leftOut('view_log', 'it needs a right.');
  progress.begin([reading, done]);
  progress.say('INFO', 'cards: started.');
  progress.say('DEBUG', 'GET …');
  progress.say('WARN', 'cards: something is odd.');
  progress.ended(done);
  vi.advanceTimersByTime(10_000);
  progress.end();
  vi.advanceTimersByTime(60_000);
  expect(text().split('\n')).toEqual([
    'view_log is left out: it needs a right.',
    'WARN: cards: something is odd.',
    'users: 1 record, 0.0 MB, 0.0 MB/s, complete',
    'cards: 1,500 records, 4.5 MB, 1.5 MB/s so far',
    '',
  ]);
});

test('on a terminal the streams that are coming are drawn, and drawn again below what is told', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const { out, text } = output(true);
  const progress = await createProgress(out, { isDebug: true, now: () => 4000 });
  progress.begin([reading, done, stream('fields')]);
  vi.advanceTimersByTime(100);
  const block = '  cards: 1,500 records, 4.5 MB, 1.5 MB/s\n1 of 3 streams: 1,501 records, 4.5 MB, 1.5 MB/s\n';
  expect(text()).toContain(block);
  progress.say('DEBUG', 'GET …');
  const told = text();
  expect(told.indexOf('DEBUG: GET …\n')).toBeLessThan(told.indexOf(block));
  progress.end();
  // The two lines of the block are gone.
  expect(text().split('\x1b[2K')).toHaveLength(4);
});

test('the summary adds up without what is left out, and says that what failed is as it was', () => {
  const failed = stream('cards', {
    status: 'incomplete',
    records: 1500,
    bytes: 4_500_000,
    startedAt: 1000,
    endedAt: 3500,
  });
  const refused = stream('view_log', { status: 'left out' });
  expect(summaryOf([failed, refused, done], 'out').split('\n')).toEqual([
    'stream       records         bytes       seconds  status',
    'cards          1,500     4,500,000           2.5  incomplete',
    'users              1           400           0.2  complete',
    'total          1,501     4,500,400           2.5',
    '',
    'Complete: 1 of 2 streams, in out. What was there of the others stays as it was.',
    '',
  ]);
});
