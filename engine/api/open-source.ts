// A source for programs: what a config gives access to, asked and read while calls are running.
import { asEngineError } from '../errors.ts';
import { createRedactor, type Redactor } from '../protocol/redact.ts';
import type { Writer } from '../protocol/writer.ts';
import { checkSource } from '../run/check.ts';
import { createHttpClient } from '../run/client.ts';
import type { Manifest } from '../run/manifest.ts';
import { wallClock } from '../run/send.ts';
import { open, type OpenSource } from '../source.ts';
import { recordsOf, streamsOf } from './streams.ts';
import type { ReadOptions, SourceRecord, SourceStream } from './types.ts';

/** How much it matters, in the words of the Airbyte protocol. */
export type LogLevel = 'FATAL' | 'ERROR' | 'WARN' | 'INFO' | 'DEBUG';

/** What a source is opened with. */
export interface SourceOptions {
  /** From `readManifest`. */
  readonly manifest: Manifest;
  /** What the manifest's `spec` asks for, such as an address and credentials. It is checked with the first call. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Stops what is running: it throws the signal's reason, after its session is closed. */
  readonly signal?: AbortSignal;
  /** Told what happens, without secrets: warnings, waits, and as DEBUG every request. Nothing is logged without it. */
  readonly onLog?: (level: LogLevel, message: string) => void;
}

/**
 * Every call throws EngineError, whose `failureType` says whose problem it is: `config_error` (the user can mend the config),
 * `transient_error` (try again later), `system_error` (anything else). Calls that run side by side share a session and the replies
 * they have in common; the session is closed when the last of them has ended.
 */
export interface Source {
  /** Whether the config works: what there is to tell of the connection, if the manifest says it. Throws when it does not. */
  readonly check: () => Promise<string | undefined>;
  /** The streams that this config can read. */
  readonly discover: () => Promise<SourceStream[]>;
  /**
   * The records of a stream, in the order of the server. They are requested while they are iterated, and no faster than that;
   * leaving the loop early stops the requests. An error is thrown after the records that came before it.
   */
  readonly read: (stream: string, options?: ReadOptions) => AsyncGenerator<SourceRecord, void, undefined>;
}

/** Takes only what is said to people: records and states have ways of their own. */
function logWriter(onLog: NonNullable<SourceOptions['onLog']>, redactor: Redactor): Writer {
  return {
    write: ({ type, log }) => {
      const { level, message } = redactor.redact(log ?? {}) as { level: LogLevel; message: string };
      if (type === 'LOG') onLog(level, message);
      return Promise.resolve();
    },
    records: () => () => undefined,
    flush: () => Promise.resolve(),
  };
}

/** Takes the secrets out of an error and its causes. */
function hideSecrets<T>(thrown: T, redactor: Redactor): T {
  for (let error: unknown = thrown; error instanceof Error; error = error.cause) {
    const { message, stack, internalMessage } = error as Error & { internalMessage?: string };
    Object.assign(
      error,
      redactor.redact({ message, stack, ...(internalMessage !== undefined && { internalMessage }) }),
    );
  }
  return thrown;
}

/** A source to check, discover and read. Nothing is sent before one of them is called. */
export function openSource({ manifest, config, signal, onLog }: SourceOptions): Source {
  const redactor = createRedactor();
  const writer = logWriter(onLog ?? (() => undefined), redactor);
  const isDebug = onLog !== undefined;
  const engine = {
    manifest,
    writer,
    redactor,
    client: createHttpClient(),
    clock: wallClock,
    random: Math.random,
    isDebug,
    signal,
  };

  /** What the calls that are running share, and how many they are. */
  let shared: Promise<OpenSource> | undefined;
  let calls = 0;

  async function leave(opened: Promise<OpenSource>): Promise<void> {
    calls -= 1;
    if (calls > 0) return;
    shared = undefined;
    // One that could not be opened has told so, and has nothing to close.
    const last = await opened.catch(() => undefined);
    last?.stop();
    await last?.close();
  }

  function enter(): Promise<OpenSource> {
    signal?.throwIfAborted();
    calls += 1;
    return (shared ??= open(engine, config));
  }

  /** Throws what programs get of an error: the reason of a signal, or an error of ours. */
  function fail(thrown: unknown): never {
    signal?.throwIfAborted();
    throw hideSecrets(asEngineError(thrown), redactor);
  }

  async function answer<T>(use: (opened: OpenSource) => Promise<T>): Promise<T> {
    const opened = enter();
    try {
      return await use(await opened);
    } catch (thrown) {
      return fail(thrown);
    } finally {
      await leave(opened);
    }
  }

  async function* read(stream: string, options?: ReadOptions): AsyncGenerator<SourceRecord, void, undefined> {
    const opened = enter();
    try {
      for await (const record of recordsOf(await opened, stream, options)) {
        signal?.throwIfAborted();
        yield record;
      }
    } catch (thrown) {
      fail(thrown);
    } finally {
      await leave(opened);
    }
  }

  return { read, check: () => answer(({ source }) => checkSource(source)), discover: () => answer(streamsOf) };
}
