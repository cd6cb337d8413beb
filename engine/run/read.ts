// Reads the configured streams side by side: records, state, statuses. A stream that fails does not stop the others.
import type { Partition, Retriever, Stream } from '../components/kinds.ts';
import { asEngineError, type EngineError, errorOf, RefusedError } from '../errors.ts';
import { errorTrace, log, state, streamStatus } from '../protocol/messages.ts';
import type { Writer } from '../protocol/writer.ts';
import type { JsonObject } from '../text/json.ts';
import type { Counts } from './monitor.ts';
import { readStream } from './stream.ts';

export interface ReadOptions {
  streams: readonly Stream[];
  /** Where the last sync of a stream ended; undefined for one that is to be read in full. */
  stateOf: (stream: string) => JsonObject | undefined;
  concurrency: number;
  writer: Writer;
  now: () => number;
  countsOf: (stream: string) => Readonly<Counts>;
  /** Told of each stream that has ended: what it still waits for is in vain. */
  ended: (stream: string) => void;
  /** Asked about a stream that the server refuses before anything of it has come: true leaves it out, and it is no error then. */
  leavesOut?: ((stream: string) => boolean) | undefined;
  signal?: AbortSignal | undefined;
}

/** Between two progress lines of a long read. */
const PROGRESS_MS = 10_000;

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** What to tell at the end: records, and retries and skips if there were any. */
function summary(records: number, bytes: number, { retries, skipped }: Counts): string {
  return [
    `${counted(records, 'record')}, ${megabytes(bytes)}`,
    ...(retries > 0 ? [counted(retries, 'retry').replace('retrys', 'retries')] : []),
    ...(skipped > 0 ? [`${counted(skipped, 'request')} left out`] : []),
  ].join(', ');
}

async function readOne(name: string, retriever: Retriever, options: ReadOptions): Promise<EngineError | undefined> {
  const { concurrency, writer, now, countsOf, leavesOut, signal } = options;
  const startedAt = now();
  let [records, bytes, toldAt, recordsBefore] = [0, 0, startedAt, 0];
  let hasEndedPartition = false;

  /** A state says how many records have come since the one before. */
  async function writeState(streamState?: JsonObject): Promise<void> {
    await writer.write(state(name, records - recordsBefore, streamState));
    recordsBefore = records;
  }

  await writer.write(log('INFO', `${name}: started.`));
  await writer.write(streamStatus(name, 'STARTED', startedAt));
  try {
    const writeRecord = writer.records(name);
    const cursor = retriever.resume?.(options.stateOf(name));
    const ended = async (partition: Partition): Promise<void> => {
      hasEndedPartition = true;
      cursor?.ended(partition);
      if (cursor) await writeState(cursor.state());
    };
    for await (const row of readStream(retriever, concurrency, { seen: cursor?.seen, ended })) {
      signal?.throwIfAborted();
      const at = now();
      if (records === 0) await writer.write(streamStatus(name, 'RUNNING', at));
      const written = writeRecord(row.bytes, at);
      if (written) await written;
      records += 1;
      bytes += row.bytes.length;
      if (at - toldAt >= PROGRESS_MS) {
        toldAt = at;
        const rate = (bytes / 1e3 / (at - startedAt)).toFixed(1);
        await writer.write(log('INFO', `${name}: ${summary(records, bytes, countsOf(name))} so far, ${rate} MB/s.`));
      }
    }
    signal?.throwIfAborted();
    await writeState(cursor?.state(true));
    await writer.write(streamStatus(name, 'COMPLETE', now()));
    await writer.write(log('INFO', `${name}: ${summary(records, bytes, countsOf(name))}.`));
    return undefined;
  } catch (thrown) {
    const error = asEngineError(thrown);
    const isRefused = error instanceof RefusedError && records === 0 && !hasEndedPartition;
    if (isRefused && leavesOut?.(name) === true) return undefined;
    await writer.write(errorTrace(error, now(), name));
    await writer.write(streamStatus(name, 'INCOMPLETE', now()));
    await writer.write(log('INFO', `${name}: broke off after ${summary(records, bytes, countsOf(name))}.`));
    return error;
  } finally {
    options.ended(name);
  }
}

/** Reads all streams side by side. Throws at the end when one of them is incomplete. */
export async function readAll(options: ReadOptions): Promise<void> {
  const { streams, signal } = options;
  // All of them before the first request: only then is it known who shares a reply with whom.
  const retrievers = streams.map(({ name, retriever }) => ({ name, retriever }));
  const errors = await Promise.all(retrievers.map(({ name, retriever }) => readOne(name, retriever, options)));
  signal?.throwIfAborted();
  const incomplete = streams.filter((_, index) => errors[index]).map(({ name }) => name);
  if (incomplete.length === 0) return;
  // The user's to mend only if all of it is.
  const kinds = new Set(errors.flatMap((error) => error?.failureType ?? []));
  const [kind = 'system_error'] = kinds.size === 1 ? kinds : [];
  throw errorOf(
    kind,
    `Not every stream could be read. Incomplete: ${incomplete.join(', ')}. The errors above say why.`,
  );
}
