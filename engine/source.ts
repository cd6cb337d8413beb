// The four verbs of a source: spec, check, discover, read. Start reading here.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Source, Specification, Stream } from './components/kinds.ts';
import type { Clock } from './components/scope.ts';
import { checkConfig, configuredStreams, secretsIn } from './config.ts';
import { asEngineError, ConfigError } from './errors.ts';
import { catalog, connectionStatus, errorTrace, log, rateLimited, specification } from './protocol/messages.ts';
import type { Redactor } from './protocol/redact.ts';
import type { Writer } from './protocol/writer.ts';
import { type Builder, createBuilder } from './run/build.ts';
import { checkSource } from './run/check.ts';
import type { HttpClient } from './run/http.ts';
import { type CountingMonitor, createMonitor } from './run/monitor.ts';
import { readAll } from './run/read.ts';
import { createSender } from './run/send.ts';
import { shareReplies, type Sharing } from './run/share.ts';
import { createSlots } from './run/slots.ts';
import { isJsonObject, type JsonObject } from './text/json.ts';

/** A manifest that has been read and found right. */
export interface Manifest {
  readonly tree: JsonObject;
  /** Folder of the manifest, for the files it names. */
  readonly folder: string;
}

export interface Engine {
  readonly manifest: Manifest;
  readonly writer: Writer;
  readonly redactor: Redactor;
  readonly client: HttpClient;
  readonly clock: Clock;
  readonly random: () => number;
  readonly isDebug: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** How long closing sessions may take when everything else has been stopped. */
const CLOSING_MS = 8000;

interface Built extends Builder {
  /** Requests in flight. Throws ConfigError when the config asks for nonsense. */
  concurrency(): number;
  readonly monitor: CountingMonitor;
}

/** Requests in flight, unless the manifest says otherwise. */
const CONCURRENCY = 8;

function builderFor(engine: Engine, config: JsonObject): Built {
  const { manifest, writer, redactor, clock, random, isDebug, client } = engine;
  const logLine = (level: 'DEBUG' | 'INFO' | 'WARN', message: string): void => {
    if (level !== 'DEBUG' || isDebug) void writer.write(log(level, message));
  };
  const monitor = createMonitor((stream, until) => void writer.write(rateLimited(stream, until, clock.now())));
  let { signal } = engine;
  let sharing: Sharing | undefined;
  const builder = createBuilder({
    config,
    clock,
    random,
    send: (request, options) => {
      sharing ??= shareReplies(
        createSender({
          client,
          slots: createSlots(concurrency()),
          clock,
          random,
          log: logLine,
          monitor,
          signal: () => signal,
        }),
      );
      return sharing.send(request, options);
    },
    readFile: (path) => readFileSync(resolve(manifest.folder, path), 'utf8'),
    log: logLine,
    addSecret: (secret) => {
      redactor.add(secret);
    },
  });
  const concurrency = (): number => {
    const node = manifest.tree['concurrency_level'];
    return node === undefined ? CONCURRENCY : builder.build(node, 'concurrency').level;
  };
  return {
    ...builder,
    concurrency,
    monitor,
    async close() {
      // What stopped the streams must not stop the logout.
      signal = AbortSignal.timeout(CLOSING_MS);
      await builder.close();
      await sharing?.close();
    },
  };
}

function specOf(engine: Engine): Specification {
  const node = engine.manifest.tree['spec'] ?? { type: 'Spec', connection_specification: { type: 'object' } };
  return builderFor(engine, {}).build(node, 'spec');
}

/** Runs with the source that a config makes; what its authenticators opened is given back, also on failure. */
async function withSource<T>(
  engine: Engine,
  userConfig: JsonObject,
  use: (source: Source, built: Built) => Promise<T>,
): Promise<T> {
  const spec = specOf(engine);
  const schema = spec.connectorSpecification['connectionSpecification'] as JsonObject;
  for (const secret of secretsIn(userConfig, schema)) engine.redactor.add(secret);
  await checkConfig(userConfig, schema);
  const builder = builderFor(engine, await spec.normalize(userConfig));
  try {
    return await use(builder.build(engine.manifest.tree, 'source'), builder);
  } finally {
    await builder.close();
  }
}

/** Writes the SPEC message. */
export async function spec(engine: Engine): Promise<void> {
  await engine.writer.write(specification(specOf(engine).connectorSpecification));
}

/** Writes CONNECTION_STATUS. A failure of any kind is a status, not an error: only its message tells. */
export async function check(engine: Engine, readConfig: () => JsonObject): Promise<void> {
  const { writer, clock } = engine;
  try {
    const message = await withSource(engine, readConfig(), (source) => checkSource(source));
    await writer.write(connectionStatus('SUCCEEDED', message));
  } catch (thrown) {
    const error = asEngineError(thrown);
    if (thrown !== error) await writer.write(errorTrace(error, clock.now()));
    await writer.write(connectionStatus('FAILED', error.message));
  }
}

/** The streams of these names, in their order. Throws ConfigError for one that does not exist. */
function selected({ stream: streamOf, streamNames }: Source, names: readonly string[]): Stream[] {
  return names.map((name) => {
    const stream = streamOf(name);
    if (stream) return stream;
    const all = streamNames.join(', ');
    throw new ConfigError(
      `There is no stream "${name}". Refresh the schema of the connection; the streams are: ${all}.`,
    );
  });
}

function catalogEntry({ name, schema, primaryKey }: Stream): JsonObject {
  return {
    name,
    json_schema: schema,
    supported_sync_modes: ['full_refresh'],
    ...(primaryKey.length > 0 ? { source_defined_primary_key: primaryKey } : {}),
    is_resumable: false,
    is_file_based: false,
  };
}

/** Writes the CATALOG message. */
export async function discover(engine: Engine, config: JsonObject): Promise<void> {
  await withSource(engine, config, async (source) => {
    await engine.writer.write(catalog(selected(source, source.streamNames).map(catalogEntry)));
  });
}

/** Writes the records of the configured streams. Throws when a stream is incomplete. */
export async function read(engine: Engine, config: JsonObject, configuredCatalog: unknown): Promise<void> {
  const { writer, clock, signal } = engine;
  const configured = configuredStreams(configuredCatalog);
  await withSource(engine, config, async (source, { concurrency, monitor }) => {
    const streams = selected(
      source,
      configured.map(({ name }) => name),
    );
    for (const { name, syncMode } of configured) {
      if (syncMode === 'full_refresh') continue;
      await writer.write(log('WARN', `${name}: it cannot be read incrementally and is read in full.`));
    }
    await readAll({ streams, concurrency: concurrency(), writer, now: clock.now, countsOf: monitor.countsOf, signal });
  });
}

/** Checks that a state is one that can be read from: a list, a legacy object, or nothing. Throws ConfigError. */
export function checkState(state: unknown): void {
  if (state === null || Array.isArray(state) || isJsonObject(state)) return;
  throw new ConfigError('The state has to be a list of state messages.');
}
