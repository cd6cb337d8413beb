// A test read from the server, from a recording, or from both: then the server is asked only for what is not recorded.
import type { Clock } from '../../components/scope.ts';
import type { ConfigError } from '../../errors.ts';
import { createRedactor, type Redactor } from '../../protocol/redact.ts';
import type { HttpClient } from '../../run/http.ts';
import type { Manifest } from '../../source.ts';
import type { JsonObject } from '../../text/json.ts';
import { type Recording, type RecordedExchange, recordingOf } from './recording.ts';
import { replayClient } from './replay-client.ts';
import { type ShownTrial, shownTrial } from './shown-trial.ts';
import { type Trial, tryStream } from './trial.ts';

export interface AttemptOptions {
  manifest: Manifest;
  stream: string;
  limit: number;
  slices: number;
  /** Left out: that of the recording. */
  config: JsonObject | undefined;
  /** Left out: nothing is asked that is not recorded. */
  server: HttpClient | undefined;
  clock: Clock;
  recording: Recording | undefined;
  /** Whether to return a recording. */
  isRecording: boolean;
  isDebug: boolean;
  signal: AbortSignal | undefined;
}

export interface Attempt {
  readonly trial: ShownTrial;
  /** Of this read, and of what an earlier one had besides. */
  readonly recording: Recording | undefined;
}

/** A clock that starts at a moment; nobody waits for what is recorded. */
function clockFrom(startsAt: number): Clock {
  let now = startsAt;
  const sleep = (ms: number): Promise<void> => {
    now += ms;
    return Promise.resolve();
  };
  return { now: () => now, sleep };
}

const keyOf = ({ request: { method, url, body = '' } }: RecordedExchange): string => [method, url, body].join('\n');

/** What an earlier recording has besides. */
function merged(recording: Recording, earlier: Recording | undefined): Recording {
  const keys = new Set(recording.exchanges.map(keyOf));
  const others = earlier?.exchanges.filter((exchange) => !keys.has(keyOf(exchange))) ?? [];
  return { ...recording, exchanges: [...recording.exchanges, ...others] };
}

/** The client that has the recording, and the server's for what is missing. Sessions that are recorded are closed: logins are not. */
function mixed(recording: Recording, redactor: Redactor, server: HttpClient): HttpClient {
  const recorded = replayClient(recording.exchanges, redactor, () => server);
  return (url, init) => (init.purpose === 'login' ? server : recorded)(url, init);
}

/** Reads. Throws UnknownStreamError. */
export async function attempt(options: AttemptOptions): Promise<Attempt> {
  const { manifest, stream, config, server, recording, isRecording, isDebug, signal } = options;
  const redactor = createRedactor();
  const wallNow = options.clock.now();
  const startedAt = recording ? Date.parse(recording.now) : wallNow;

  function read(client: HttpClient, clock: Clock, stop: AbortSignal | undefined): Promise<Trial> {
    return tryStream({
      ...{ manifest, client, redactor, stream, clock, isDebug, isRecording, signal: stop },
      ...{ random: Math.random, limit: options.limit, slices: options.slices },
      config: config ?? recording?.config ?? {},
      isConfigWhole: config !== undefined,
    });
  }

  async function readRecorded(recorded: Recording): Promise<Trial> {
    const missed = new AbortController();
    // The stream ends with this very error, and is not read again and again.
    const client = replayClient(recorded.exchanges, redactor, (error: ConfigError) => () => {
      missed.abort(error);
      return Promise.reject(error);
    });
    const trial = await read(client, clockFrom(startedAt), AbortSignal.any([missed.signal, signal ?? []].flat()));
    if (!missed.signal.aborted || !server) return trial;
    const now = (): number => startedAt + options.clock.now() - wallNow;
    return read(mixed(recorded, redactor, server), { ...options.clock, now }, signal);
  }

  const refuse: HttpClient = () => Promise.reject(new Error('There is neither a server nor a recording.'));
  const trial = await (recording ? readRecorded(recording) : read(server ?? refuse, options.clock, signal));
  const shown = shownTrial(trial, redactor);
  if (!isRecording) return { trial: shown, recording };
  const exchanges = shown.exchanges.map(({ exchange }) => exchange);
  const made = recordingOf({
    ...{ stream, startedAt, limit: options.limit, slices: options.slices, exchanges, redactor },
    config: config ?? recording?.config ?? {},
  });
  return { trial: shown, recording: merged(made, recording) };
}
