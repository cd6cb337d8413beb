// How a sync goes, told while it runs: a block that is drawn again and again on a terminal, plain lines elsewhere.
import type { WriteStream } from 'node:tty';
import type { Level } from '../../engine/protocol/messages.ts';
import type { Progress, Report } from '../../engine/sync/writer.ts';

export interface SyncProgress extends Report {
  /** The streams, once they are known. */
  readonly streams: readonly Progress[];
  /** Nothing more will come. */
  end(): void;
}

export interface ProgressOptions {
  readonly isDebug: boolean;
  readonly now: () => number;
}

/** Between two drawings on a terminal, and between two lines elsewhere. */
const [DRAW_MS, LINE_MS] = [100, 10_000];
/** Rows of a terminal that are left alone. */
const MARGIN = 4;

const numbers = new Intl.NumberFormat('en');
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** `cards: 48 records, 0.2 MB, 1.3 MB/s` */
function lineOf({ stream, records, bytes, startedAt }: Progress, until: number): string {
  const rate = megabytes((bytes / Math.max(until - startedAt, 1)) * 1000);
  return `${stream}: ${numbers.format(records)} record${records === 1 ? '' : 's'}, ${megabytes(bytes)}, ${rate}/s`;
}

const sum = (streams: readonly Progress[], of: 'records' | 'bytes'): number =>
  streams.reduce((total, stream) => total + stream[of], 0);

/** The streams that have begun to come, and how far all of them are. */
function blockOf(streams: readonly Progress[], now: number, rows: number): string {
  const reading = streams.filter(({ status, records }) => status === 'reading' && records > 0);
  const ended = streams.filter(({ endedAt }) => endedAt > 0).length;
  const shown = reading.slice(-Math.max(rows - MARGIN, 1)).map((stream) => `  ${lineOf(stream, now)}`);
  const startedAt = Math.min(...streams.map((stream) => stream.startedAt || now));
  const total = {
    stream: `${ended} of ${streams.length} streams`,
    records: sum(streams, 'records'),
    bytes: sum(streams, 'bytes'),
  };
  return [...shown, lineOf({ ...total, startedAt, status: 'reading', endedAt: 0 }, now)].join('\n');
}

/** Tells it on a stream; the package that draws is loaded for a terminal only. */
export async function createProgress(out: WriteStream, { isDebug, now }: ProgressOptions): Promise<SyncProgress> {
  // The cursor stays: a signal that ends us would leave it hidden.
  const drawn = out.isTTY ? (await import('log-update')).createLogUpdate(out, { showCursor: true }) : undefined;
  let streams: readonly Progress[] = [];
  let timer: NodeJS.Timeout | undefined;

  const draw = (): void => drawn?.(blockOf(streams, now(), out.rows));

  function print(text: string): void {
    drawn?.clear();
    out.write(`${text}\n`);
    if (timer && drawn) draw();
  }

  function printReading(): void {
    for (const stream of streams) if (stream.status === 'reading') print(`${lineOf(stream, now())} so far`);
  }

  return {
    get streams() {
      return streams;
    },
    begin(all) {
      streams = all;
      timer = setInterval(drawn ? draw : printReading, drawn ? DRAW_MS : LINE_MS);
    },
    ended(stream) {
      if (!drawn) print(`${lineOf(stream, stream.endedAt)}, ${stream.status}`);
    },
    leftOut(stream, why) {
      print(`${stream} is left out: ${why}`);
    },
    say(level: Level, text) {
      // What the engine says of each stream while it reads is told by the lines and the table.
      if (level === 'DEBUG' ? !isDebug : level === 'INFO' && timer) return;
      print(level === 'INFO' ? text : `${level}: ${text}`);
    },
    end() {
      clearInterval(timer);
      timer = undefined;
      drawn?.clear();
    },
  };
}
