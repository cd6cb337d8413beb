// Reads the configured streams one after the other: records, state, statuses. A stream that fails does not stop the others.
import type { Stream } from '../components/kinds.ts';
import { asEngineError, SystemError } from '../errors.ts';
import { errorTrace, log, recordLine, state, streamStatus } from '../protocol/messages.ts';
import type { Writer } from '../protocol/writer.ts';
import { readStream } from './stream.ts';

export interface ReadOptions {
  streams: readonly Stream[];
  concurrency: number;
  writer: Writer;
  now: () => number;
  signal?: AbortSignal | undefined;
}

async function readOne(stream: Stream, { concurrency, writer, now, signal }: ReadOptions): Promise<boolean> {
  const { name } = stream;
  let count = 0;
  await writer.write(log('INFO', `${name}: started.`));
  await writer.write(streamStatus(name, 'STARTED', now()));
  try {
    const line = recordLine(name);
    for await (const row of readStream(stream, concurrency)) {
      signal?.throwIfAborted();
      if (count === 0) await writer.write(streamStatus(name, 'RUNNING', now()));
      count += 1;
      await writer.writeLine(line(row.bytes, now()));
    }
    await writer.write(state(name, count));
    await writer.write(streamStatus(name, 'COMPLETE', now()));
    await writer.write(log('INFO', `${name}: ${count} records.`));
    return true;
  } catch (thrown) {
    await writer.write(errorTrace(asEngineError(thrown), now(), name));
    await writer.write(streamStatus(name, 'INCOMPLETE', now()));
    await writer.write(log('INFO', `${name}: broke off after ${count} records.`));
    return false;
  }
}

/** Reads all streams. Throws SystemError at the end when one of them is incomplete. */
export async function readAll(options: ReadOptions): Promise<void> {
  const incomplete: string[] = [];
  for (const stream of options.streams) {
    if (!(await readOne(stream, options))) incomplete.push(stream.name);
  }
  options.signal?.throwIfAborted();
  if (incomplete.length === 0) return;
  throw new SystemError(
    `Not every stream could be read. Incomplete: ${incomplete.join(', ')}. The errors above say why.`,
  );
}
