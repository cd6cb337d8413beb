// Reads one stream for a case, and sorts the messages that come out. Nothing is sent for real, and nobody waits.
import { Writable } from 'node:stream';
import { asEngineError } from '../errors.ts';
import { createRedactor } from '../protocol/redact.ts';
import { createWriter } from '../protocol/writer.ts';
import type { HttpClient } from '../run/http.ts';
import { discover, discoverAll, type Engine, type Manifest, read } from '../source.ts';
import { isJsonObject, type JsonObject, parseJson } from '../text/json.ts';

/** What came out of a stream. */
export interface Outcome {
  readonly records: readonly unknown[];
  /** `LEVEL message` */
  readonly logs: readonly string[];
  readonly errors: readonly { readonly failureType: string; readonly message: string }[];
  readonly status: string;
  readonly state: unknown;
}

/** What came out of a discovery. */
export interface Discovery {
  readonly logs: readonly string[];
  readonly errors: readonly { readonly failureType: string; readonly message: string }[];
  /** Undefined when the stream is not listed. */
  readonly schema: JsonObject | undefined;
}

export interface ReadingOptions {
  manifest: Manifest;
  client: HttpClient;
  stream: string;
  config: JsonObject;
  syncMode: 'full_refresh' | 'incremental';
  /** State of the stream, of the last sync. */
  state: JsonObject | undefined;
  /** Milliseconds since the epoch at the start. */
  startsAt: number;
  signal?: AbortSignal;
}

/** Calls a verb and returns the messages that it writes, and what it throws. */
async function messagesOf(options: Omit<Engine, 'writer' | 'redactor'>, verb: (engine: Engine) => Promise<void>) {
  const chunks: Buffer[] = [];
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      // the writer uses its buffer again
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  const redactor = createRedactor();
  const writer = createWriter(stdout, redactor);
  let thrown: unknown;
  try {
    await verb({ ...options, writer, redactor });
  } catch (error) {
    thrown = error;
  }
  await writer.flush();
  const lines = Buffer.concat(chunks).toString().split('\n').slice(0, -1);
  return { messages: lines.map((line) => parseJson(line) as JsonObject), thrown };
}

function engineParts({
  manifest,
  client,
  startsAt,
  signal,
}: Pick<ReadingOptions, 'manifest' | 'client' | 'startsAt' | 'signal'>) {
  let now = startsAt;
  const sleep = (ms: number): Promise<void> => {
    now += ms;
    return Promise.resolve();
  };
  return { manifest, client, clock: { now: () => now, sleep }, random: () => 0.5, isDebug: false, signal };
}

const objectAt = (value: unknown, ...path: string[]): JsonObject =>
  path.reduce<JsonObject>((at, key) => (isJsonObject(at[key]) ? at[key] : {}), isJsonObject(value) ? value : {});

/** The JSON Schemas of the streams in a CATALOG, by name. */
function schemasIn(messages: readonly JsonObject[]): Map<string, JsonObject> {
  const streams = messages.flatMap((message) => objectAt(message, 'catalog')['streams'] ?? []) as JsonObject[];
  return new Map(streams.map((stream) => [String(stream['name']), objectAt(stream, 'json_schema')]));
}

async function readSchemas(manifest: Manifest): Promise<Map<string, JsonObject>> {
  const client = (): never => {
    throw new Error('A catalog of all streams needs no request.');
  };
  const { messages, thrown } = await messagesOf(engineParts({ manifest, client, startsAt: 0 }), discoverAll);
  if (thrown !== undefined) throw asEngineError(thrown);
  return schemasIn(messages);
}

const schemas = new WeakMap<Manifest, Promise<Map<string, JsonObject>>>();

/** The JSON Schemas of the manifest's streams, by name; not of those that only a config or a server knows. */
export async function schemasOf(manifest: Manifest): Promise<Map<string, JsonObject>> {
  const known = schemas.get(manifest) ?? readSchemas(manifest);
  schemas.set(manifest, known);
  return known;
}

const logsIn = (messages: readonly JsonObject[]): string[] =>
  messages
    .map((message) => objectAt(message, 'log'))
    .filter((log) => 'level' in log)
    .map(({ level, message }) => `${String(level)} ${String(message)}`);

/** The errors of the traces, or else the one that was thrown. */
function errorsIn(traces: readonly JsonObject[], thrown: unknown): Outcome['errors'] {
  const errors = traces
    .map((trace) => objectAt(trace, 'error'))
    .filter((error) => 'message' in error)
    .map((error) => ({ failureType: String(error['failure_type']), message: String(error['message']) }));
  if (thrown === undefined || errors.length > 0) return errors;
  const { failureType, message } = asEngineError(thrown);
  return [{ failureType, message }];
}

/** Discovers the stream alone: what the others would ask is not the case's concern. */
export async function discoverStream(options: ReadingOptions): Promise<Discovery> {
  const { stream, config, manifest } = options;
  const { tree, folder } = manifest;
  const streams = (tree['streams'] as JsonObject[]).filter(({ name }) => name === stream);
  const alone = { tree: { ...tree, streams, ...(streams.length > 0 && { dynamic_streams: [] }) }, folder };
  const parts = engineParts({ ...options, manifest: alone });
  const { messages, thrown } = await messagesOf(parts, (engine) => discover(engine, config));
  return { logs: logsIn(messages), errors: errorsIn([], thrown), schema: schemasIn(messages).get(stream) };
}

/** Reads the stream. */
export async function readStream(options: ReadingOptions): Promise<Outcome> {
  const { stream: name, config, syncMode, state } = options;
  const catalog = { streams: [{ stream: { name }, sync_mode: syncMode, destination_sync_mode: 'append' }] };
  const before = { type: 'STREAM', stream: { stream_descriptor: { name }, stream_state: state } };
  const { messages, thrown } = await messagesOf(engineParts(options), (engine) =>
    read(engine, config, catalog, state && [before]),
  );
  const traces = messages.map((message) => objectAt(message, 'trace'));
  const statuses = traces
    .map((trace) => objectAt(trace, 'stream_status')['status'])
    .filter((status) => typeof status === 'string');
  const states = messages.map((message) => objectAt(message, 'state', 'stream')['stream_state']);
  return {
    records: messages.filter(({ type }) => type === 'RECORD').map((message) => objectAt(message, 'record')['data']),
    logs: logsIn(messages),
    errors: errorsIn(traces, thrown),
    status: statuses.pop() ?? 'none',
    state: states.filter((state) => state !== undefined).at(-1),
  };
}
