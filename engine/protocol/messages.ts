// The messages of the Airbyte protocol, as plain objects (airbyte_protocol.yaml 0.18).
import type { EngineError } from '../errors.ts';
import type { JsonObject } from '../text/json.ts';

export type Level = 'FATAL' | 'ERROR' | 'WARN' | 'INFO' | 'DEBUG';
export type Status = 'STARTED' | 'RUNNING' | 'COMPLETE' | 'INCOMPLETE';

export type Message = { readonly type: string } & JsonObject;

export const log = (level: Level, message: string): Message => ({ type: 'LOG', log: { level, message } });

export const specification = (spec: JsonObject): Message => ({ type: 'SPEC', spec });

export const catalog = (streams: readonly JsonObject[]): Message => ({ type: 'CATALOG', catalog: { streams } });

export const connectionStatus = (status: 'SUCCEEDED' | 'FAILED', message?: string): Message => ({
  type: 'CONNECTION_STATUS',
  connectionStatus: { status, ...(message === undefined ? {} : { message }) },
});

export const streamStatus = (name: string, status: Status, emittedAt: number): Message => ({
  type: 'TRACE',
  trace: {
    type: 'STREAM_STATUS',
    emitted_at: emittedAt,
    stream_status: { stream_descriptor: { name }, status },
  },
});

/** A stream that waits because the server wants fewer requests; `until` in milliseconds since the epoch. */
export const rateLimited = (name: string, until: number, emittedAt: number): Message => ({
  type: 'TRACE',
  trace: {
    type: 'STREAM_STATUS',
    emitted_at: emittedAt,
    stream_status: {
      stream_descriptor: { name },
      status: 'RUNNING',
      reasons: [{ type: 'RATE_LIMITED', rate_limited: { quota_reset: Math.ceil(until) } }],
    },
  },
});

/** What a full refresh leaves behind. */
const fullRefreshState: JsonObject = { __ab_no_cursor_state_message: true };

/** The state of a stream, with the number of records since the one before. */
export const state = (name: string, recordCount: number, streamState = fullRefreshState): Message => ({
  type: 'STATE',
  state: {
    type: 'STREAM',
    stream: { stream_descriptor: { name }, stream_state: streamState },
    sourceStats: { recordCount },
  },
});

export const errorTrace = (error: EngineError, emittedAt: number, stream?: string): Message => ({
  type: 'TRACE',
  trace: {
    type: 'ERROR',
    emitted_at: emittedAt,
    error: {
      message: error.message,
      internal_message: error.internalMessage ?? error.message,
      stack_trace: error.stack ?? '',
      failure_type: error.failureType,
      ...(stream === undefined ? {} : { stream_descriptor: { name: stream } }),
    },
  },
});

/** Makes the RECORD lines of a stream around the bytes of their records, each line in pieces. */
export function recordLine(stream: string): (record: Uint8Array, emittedAt: number) => readonly Uint8Array[] {
  const start = Buffer.from(`{"type":"RECORD","record":{"stream":${JSON.stringify(stream)},"data":`);
  let [end, endAt] = [Buffer.alloc(0), NaN];
  return (record, emittedAt) => {
    if (emittedAt !== endAt) [end, endAt] = [Buffer.from(`,"emitted_at":${emittedAt}}}\n`), emittedAt];
    return [start, record, end];
  };
}
