// Takes what a read writes: records go into the tables of a target, everything else to whom it is reported.
import { isJsonObject, type JsonObject } from '../text/json.ts';
import type { Level, Message } from '../protocol/messages.ts';
import type { Redactor } from '../protocol/redact.ts';
import type { Writer } from '../protocol/writer.ts';
import type { Table, Target } from './target.ts';

/** How a stream stands. */
export interface Progress {
  readonly stream: string;
  status: 'waiting' | 'reading' | 'complete' | 'incomplete' | 'left out';
  records: number;
  /** Of the records, as they came. */
  bytes: number;
  startedAt: number;
  endedAt: number;
}

/** Who is told how a sync goes. */
export interface Report {
  /** The streams that will be read; what is in them is kept up to date. */
  begin(streams: readonly Progress[]): void;
  ended(stream: Progress): void;
  /** Of a stream that the server refuses. */
  leftOut(stream: string, why: string): void;
  say(level: Level, text: string): void;
}

export interface SyncStream {
  readonly name: string;
  readonly schema: () => Promise<JsonObject>;
}

export interface SyncWriter extends Writer {
  /** From here on records go into tables of a target. */
  begin(streams: readonly SyncStream[], target: Target): void;
  /** Of a stream that the server refuses nothing is written; before or after it has begun. */
  leaveOut(name: string, why: string): void;
}

/** A stream on its way: how it stands, and its table, once there is something to put into it. */
interface Entry {
  readonly progress: Progress;
  readonly open: () => Promise<Table>;
  table?: Table;
}

const at = (message: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((value, key) => (isJsonObject(value) ? value[key] : undefined), message);

export function createSyncWriter(report: Report, redactor: Redactor, now: () => number): SyncWriter {
  const entries = new Map<string, Entry>();
  const say = (level: Level, text: string): void => report.say(level, redactor.redact(text));

  const tableOf = async (entry: Entry): Promise<Table> => (entry.table ??= await entry.open());

  async function status(name: string, word: string): Promise<void> {
    const entry = entries.get(name);
    if (!entry) return;
    const { progress } = entry;
    if (word === 'STARTED') [progress.status, progress.startedAt] = ['reading', now()];
    if (word !== 'COMPLETE' && word !== 'INCOMPLETE') return;
    if (word === 'COMPLETE') await (await tableOf(entry)).commit();
    else await entry.table?.abandon();
    progress.status = word === 'COMPLETE' ? 'complete' : 'incomplete';
    progress.endedAt = now();
    report.ended(progress);
  }

  async function trace(message: Message): Promise<void> {
    const stream = at(message, 'trace', 'error', 'stream_descriptor', 'name');
    const error = at(message, 'trace', 'error', 'message');
    if (typeof error === 'string') say('ERROR', typeof stream === 'string' ? `${stream}: ${error}` : error);
    const name = at(message, 'trace', 'stream_status', 'stream_descriptor', 'name');
    if (typeof name === 'string') await status(name, String(at(message, 'trace', 'stream_status', 'status')));
  }

  return {
    begin(streams, target) {
      for (const { name, schema } of streams) {
        const warn = (text: string): void => say('WARN', `${name}: ${text}`);
        const progress: Progress = { stream: name, status: 'waiting', records: 0, bytes: 0, startedAt: 0, endedAt: 0 };
        entries.set(name, { progress, open: async () => target.open(name, await schema(), warn) });
      }
      report.begin([...entries.values()].map(({ progress }) => progress));
    },
    leaveOut(name, why) {
      const entry = entries.get(name);
      if (entry) Object.assign(entry.progress, { status: 'left out', endedAt: now() });
      report.leftOut(name, redactor.redact(why));
    },
    records(name) {
      const entry = entries.get(name) as Entry;
      return (record) => {
        entry.progress.records += 1;
        entry.progress.bytes += record.length;
        if (entry.table) return entry.table.write(record);
        return tableOf(entry).then((table) => table.write(record));
      };
    },
    async write(message) {
      if (message.type === 'LOG') say(at(message, 'log', 'level') as Level, String(at(message, 'log', 'message')));
      if (message.type === 'TRACE') await trace(message);
    },
    flush: () => Promise.resolve(),
  };
}
