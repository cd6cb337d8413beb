// The four verbs of a source: spec, check, discover, read. Start reading here.
import type { Source, Specification, Stream } from './components/kinds.ts';
import { checkConfig, configuredStreams, secretsIn, streamStates } from './config.ts';
import { asEngineError } from './errors.ts';
import { catalog, connectionStatus, errorTrace, log, specification } from './protocol/messages.ts';
import { language } from './language.ts';
import { propagate } from './manifest/parameters.ts';
import { type Assembled, assemble as assembleWith, type Engine, type Manifest } from './run/assemble.ts';
import { checkSource } from './run/check.ts';
import { offeredStreams } from './run/offered.ts';
import { readAll } from './run/read.ts';
import { allStreams, namedStreams } from './run/select.ts';
import type { JsonObject } from './text/json.ts';

const assemble = (engine: Engine, config: JsonObject): Assembled =>
  assembleWith(engine, config, (node, options) => propagate(node, new Map(), language, options) as JsonObject);

function specOf(engine: Engine): Specification {
  const node = engine.manifest.tree['spec'] ?? { type: 'Spec', connection_specification: { type: 'object' } };
  return assemble(engine, {}).build(node, 'spec');
}

/** A source that can be asked and read until it is closed. */
export interface OpenSource extends Assembled {
  readonly source: Source;
}

export interface OpenOptions {
  /** False for a config whose secrets are blotted out: it need not fit the specification. */
  readonly isChecked?: boolean;
}

/** The source that a config makes. Throws ConfigError when the config does not fit. */
export async function open(
  engine: Engine,
  userConfig: JsonObject,
  { isChecked = true }: OpenOptions = {},
): Promise<OpenSource> {
  const spec = specOf(engine);
  const schema = spec.connectorSpecification['connectionSpecification'] as JsonObject;
  for (const secret of secretsIn(userConfig, schema)) engine.redactor.add(secret);
  if (isChecked) await checkConfig(userConfig, schema);
  const assembled = assemble(engine, await spec.normalize(userConfig));
  try {
    return { ...assembled, source: assembled.build(engine.manifest.tree, 'source') };
  } catch (thrown) {
    await assembled.close();
    throw thrown;
  }
}

/** Runs with the source that a config makes; what its authenticators opened is given back, also on failure. */
export async function withSource<T>(
  engine: Engine,
  userConfig: JsonObject,
  use: (source: Source, opened: OpenSource) => Promise<T>,
  options?: OpenOptions,
): Promise<T> {
  const opened = await open(engine, userConfig, options);
  try {
    return await use(opened.source, opened);
  } finally {
    await opened.close();
  }
}

export type { Engine, Manifest };

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

async function catalogEntry({ name, schema, primaryKey, cursorField }: Stream): Promise<JsonObject> {
  const isIncremental = cursorField !== undefined;
  return {
    name,
    json_schema: await schema(),
    supported_sync_modes: ['full_refresh', ...(isIncremental ? ['incremental'] : [])],
    ...(isIncremental ? { source_defined_cursor: true, default_cursor_field: [cursorField] } : {}),
    ...(primaryKey.length > 0 ? { source_defined_primary_key: primaryKey } : {}),
    is_resumable: isIncremental,
    is_file_based: false,
  };
}

/** How long the server may be asked which streams can be read. */
export const ASKING_MS = 30_000;

/** The streams that an open source can read, as far as the server tells in time. */
export async function offered({ source, log }: OpenSource): Promise<Stream[]> {
  const refused = ({ name, availability }: Stream): void =>
    log('INFO', `${name} is not listed: it needs ${availability?.needs ?? ''}.`);
  return offeredStreams(await allStreams(source), { log, refused, longestMs: ASKING_MS });
}

const catalogOf = async (streams: readonly Stream[]): Promise<ReturnType<typeof catalog>> =>
  catalog(await Promise.all(streams.map(catalogEntry)));

/** Writes the CATALOG message of the streams that a config can read. */
export async function discover(engine: Engine, config: JsonObject): Promise<void> {
  await withSource(engine, config, async (_, opened) => {
    const streams = await offered(opened);
    engine.signal?.throwIfAborted();
    await engine.writer.write(await catalogOf(streams));
    opened.stop();
  });
}

/** Writes the CATALOG message of every stream in the manifest: no config is needed, and no request is made. */
export async function discoverAll(engine: Engine): Promise<void> {
  const source = assemble(engine, {}).build(engine.manifest.tree, 'source');
  await engine.writer.write(await catalogOf(source.streamNames.flatMap((name) => source.stream(name) ?? [])));
}

/** Writes the records of the configured streams, of each from where `state` says that the last sync ended. Throws when one is incomplete. */
export async function read(
  engine: Engine,
  config: JsonObject,
  configuredCatalog: unknown,
  state: unknown = null,
): Promise<void> {
  const { writer, clock, signal } = engine;
  const stateOf = streamStates(state);
  const configured = configuredStreams(configuredCatalog);
  await withSource(engine, config, async (source, { concurrency, monitor }) => {
    const streams = await namedStreams(
      source,
      configured.map(({ name }) => name),
    );
    const resumed = new Set<string>();
    for (const { name, syncMode } of configured) {
      if (syncMode === 'full_refresh') continue;
      resumed.add(name);
      if (streams.find((stream) => stream.name === name)?.cursorField !== undefined) continue;
      await writer.write(log('WARN', `${name}: it cannot be read incrementally and is read in full.`));
    }
    await readAll({
      streams,
      stateOf: (name) => (resumed.has(name) ? stateOf(name) : undefined),
      concurrency: concurrency(),
      writer,
      now: clock.now,
      countsOf: monitor.countsOf,
      ended: monitor.ended,
      signal,
    });
  });
}
