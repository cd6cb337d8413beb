// What was asked and what was answered, in the order the requests came.
import { chunksOf } from './stream.ts';

export type LoggedRequest = {
  method: string;
  /** Path with query. */
  path: string;
  headers: Record<string, string>;
  body: string;
  /** Null while there is no reply, and for ever when the connection ended before one. */
  status: number | null;
  /** Bytes of the body sent so far. */
  bytesSent: number;
  /** When it came, in milliseconds of the simulator's clock. */
  startedAt: number;
  /** When its last byte was sent. */
  endedAt: number | null;
};

/** Counts the bytes of a body as they pass. */
export async function* counted(
  body: ReadableStream<Uint8Array>,
  entry: LoggedRequest,
  now: () => number,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunksOf(body)) {
    entry.bytesSent += chunk.length;
    yield chunk;
  }
  entry.endedAt = now();
}
