// Puts the parts of the engine together for one config: builder, sender, sharing, monitor.
import { setMaxListeners } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Observer } from '../components/observer.ts';
import type { Clock, Scope } from '../components/scope.ts';
import { log, rateLimited } from '../protocol/messages.ts';
import type { Redactor } from '../protocol/redact.ts';
import type { Writer } from '../protocol/writer.ts';
import { TransientError } from '../errors.ts';
import type { JsonObject } from '../text/json.ts';
import { createAsker } from './ask.ts';
import { type Builder, createBuilder, type Propagate } from './build.ts';
import type { HttpClient } from './http.ts';
import type { Manifest } from './manifest.ts';
import { type CountingMonitor, createMonitor } from './monitor.ts';
import { createSender } from './send.ts';
import { shareReplies, type Sharing } from './share.ts';
import { createSlots, type Slots } from './slots.ts';

export type { Manifest };

export interface Engine {
  readonly manifest: Manifest;
  readonly writer: Writer;
  readonly redactor: Redactor;
  readonly client: HttpClient;
  readonly clock: Clock;
  readonly random: () => number;
  readonly isDebug: boolean;
  /** Looks on while streams are read. */
  readonly observer?: Observer | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How long closing sessions may take when everything else has been stopped. */
const CLOSING_MS = 8000;

export interface Assembled extends Builder {
  /** Requests in flight. Throws ConfigError when the config asks for nonsense. */
  readonly concurrency: () => number;
  readonly monitor: CountingMonitor;
  readonly log: Scope['log'];
  /** Runs with what these streams are answered meanwhile kept: they will be read once more. */
  readonly keeping: <T>(streams: readonly string[], use: () => Promise<T>) => Promise<T>;
  /** Stops what is still on its way. */
  readonly stop: () => void;
}

/** Requests in flight, unless the manifest says otherwise. */
const CONCURRENCY = 8;

/** How long the server may take to say whether a stream can be read. */
const ASKING_MS = 10_000;

/** What a config needs to be read by; close it in the end. */
export function assemble(engine: Engine, config: JsonObject, propagate: Propagate): Assembled {
  const { manifest, writer, redactor, clock, random, isDebug, client, observer } = engine;
  const warned = new Set<string>();
  const logLine = (level: 'INFO' | 'WARN', message: string): void => {
    // Each requester has a reason of its own to warn of the same thing.
    if (level === 'WARN' && warned.has(message)) return;
    if (level === 'WARN') warned.add(message);
    void writer.write(log(level, message));
  };
  const debug = (message: () => string): void => {
    if (isDebug) void writer.write(log('DEBUG', message()));
  };
  const monitor = createMonitor((stream, until) => void writer.write(rateLimited(stream, until, clock.now())));
  const stopping = new AbortController();
  let signal = AbortSignal.any([stopping.signal, engine.signal ?? []].flat());
  // Every request in flight listens to it: that is no leak.
  setMaxListeners(0, signal);
  let level: number | undefined;
  function concurrency(): number {
    const node = manifest.tree['concurrency_level'];
    return (level ??= node === undefined ? CONCURRENCY : builder.build(node, 'concurrency').level);
  }
  let slots: Slots | undefined;
  const theSlots = (): Slots => (slots ??= createSlots(concurrency()));
  let sharing: Sharing | undefined;
  let readAgain = new Set<string>();
  const builder = createBuilder({
    config,
    clock,
    random,
    observer,
    concurrency,
    send: (request, options) => {
      sharing ??= shareReplies(
        createSender({
          client,
          slots: theSlots(),
          clock,
          random,
          log: logLine,
          debug,
          monitor,
          signal: () => signal,
        }),
      );
      const { name, stream = name } = options;
      return readAgain.has(stream) ? sharing.sendAndKeep(request, options) : sharing.send(request, options);
    },
    isOffered: createAsker({ client, slots: theSlots, debug, signal: () => signal, longestMs: ASKING_MS }),
    readFile: (path) => readFileSync(resolve(manifest.folder, path), 'utf8'),
    log: logLine,
    addSecret: (secret) => {
      redactor.add(secret);
    },
    propagate,
  });
  return {
    ...builder,
    concurrency,
    monitor,
    log: logLine,
    async keeping(streams, use) {
      readAgain = new Set(streams);
      try {
        return await use();
      } finally {
        readAgain.clear();
      }
    },
    stop: () => {
      stopping.abort(new TransientError('Nobody waits for this any more.'));
    },
    async close() {
      // What stopped the streams must not stop the logout.
      signal = AbortSignal.timeout(CLOSING_MS);
      await builder.close();
      await sharing?.close();
    },
  };
}
