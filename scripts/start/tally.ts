// Counts what comes of each stream while it is read. Streams are read side by side.
import type { Trace } from './messages.ts';

export type StreamCounts = {
  stream: string;
  status: string;
  records: number;
  /** Size of the file: the records and the ends of their lines. */
  bytes: number;
  startedAt: number;
  endedAt: number;
  requests: number;
};

export type Tally = {
  record: (stream: string, bytes: number) => void;
  /** Takes a log line; one that tells of a request counts for the stream it was sent for. */
  log: (message: string) => void;
  /** Takes a status. Returns the counts of a stream that has ended. */
  status: (trace: Extract<Trace, { type: 'STREAM_STATUS' }>) => StreamCounts | undefined;
};

/** `dashboards (dashboard_list): GET https://… -> 200 OK`, written with --debug. */
const REQUEST_LINE = /^([^ :]+)(?: \([^)]*\))?: [A-Z]+ https?:\S+ -> /;

export function createTally(): Tally {
  const counts = new Map<string, StreamCounts>();

  function countsOf(stream: string): StreamCounts {
    const fresh = { stream, status: 'STARTED', records: 0, bytes: 0, startedAt: 0, endedAt: 0, requests: 0 };
    const found = counts.get(stream) ?? fresh;
    counts.set(stream, found);
    return found;
  }

  return {
    record: (stream, bytes) => {
      const entry = countsOf(stream);
      entry.records += 1;
      entry.bytes += bytes;
    },
    log: (message) => {
      const stream = REQUEST_LINE.exec(message)?.[1];
      if (stream !== undefined) countsOf(stream).requests += 1;
    },
    status: ({ emitted_at, stream_status: { stream_descriptor, status } }) => {
      const entry = countsOf(stream_descriptor.name);
      entry.status = status;
      if (status === 'STARTED') entry.startedAt = emitted_at;
      if (status !== 'COMPLETE' && status !== 'INCOMPLETE') return undefined;
      entry.endedAt = emitted_at;
      return entry;
    },
  };
}
