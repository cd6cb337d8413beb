// The streams of an open source, for programs: what they are called, and their records one by one.
import type { Partition } from '../components/kinds.ts';
import { namedStreams } from '../run/select.ts';
import { readStream } from '../run/stream.ts';
import { offered, type OpenSource } from '../source.ts';
import { recordOf } from './record.ts';
import type { ReadOptions, SourceRecord, SourceStream } from './types.ts';

/** The streams that can be read. */
export async function streamsOf(opened: OpenSource): Promise<SourceStream[]> {
  return Promise.all(
    (await offered(opened)).map(async ({ name, schema, primaryKey, cursorField }) => ({
      name,
      jsonSchema: await schema(),
      primaryKey,
      ...(cursorField !== undefined && { cursorField }),
    })),
  );
}

/** The records of the stream of this name. Throws EngineError. */
export async function* recordsOf(
  { source, concurrency, monitor }: OpenSource,
  name: string,
  { state, onState }: ReadOptions = {},
): AsyncGenerator<SourceRecord, void, undefined> {
  const [stream] = await namedStreams(source, [name]);
  if (!stream) return;
  const { retriever } = stream;
  const cursor = retriever.resume?.(state);
  const progress = cursor && {
    seen: cursor.seen,
    ended: (partition: Partition): Promise<void> => {
      cursor.ended(partition);
      onState?.(cursor.state());
      return Promise.resolve();
    },
  };
  try {
    for await (const row of readStream(retriever, concurrency(), progress)) yield recordOf(row);
    if (cursor) onState?.(cursor.state(true));
  } finally {
    monitor.ended(name);
  }
}
