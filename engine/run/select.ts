// Which streams there are: those of the manifest, and those that are known only with a config or from the server.
import type { FoundStream, Source, Stream } from '../components/kinds.ts';
import { asEngineError, ConfigError, type EngineError } from '../errors.ts';

/** Every stream, those of the manifest first. Throws EngineError when one cannot be had, ConfigError for a name that comes twice. */
export async function allStreams(source: Source): Promise<Stream[]> {
  const streams = source.streamNames.flatMap((name) => source.stream(name) ?? []);
  const names = new Set(source.streamNames);
  for (const { find } of source.dynamicStreams()) {
    for await (const { build } of find()) {
      const stream = build();
      if (names.has(stream.name)) {
        throw new ConfigError(`There are two streams "${stream.name}". Give one of them another name in the config.`);
      }
      names.add(stream.name);
      streams.push(stream);
    }
  }
  return streams;
}

/** A stream that cannot be had: reading it throws. Others are read. */
function unreadable(name: string, error: EngineError): Stream {
  const fail = (): never => {
    throw error;
  };
  return {
    name,
    primaryKey: [],
    schema: () => Promise.reject(error),
    retriever: { isOffered: () => Promise.reject(error), partitions: fail, retrieve: () => Promise.reject(error) },
  };
}

/** The stream under a name, or why it cannot be had. */
function builtAs(name: string, { build }: FoundStream): Stream {
  try {
    return build(name);
  } catch (thrown) {
    return unreadable(name, asEngineError(thrown));
  }
}

const isCalled = (name: string, { name: own, stablePrefix }: FoundStream): boolean =>
  own === name || (stablePrefix !== undefined && stablePrefix !== '' && name.startsWith(stablePrefix));

/**
 * The streams of these names, in their order. A dynamic one that cannot be had, or is not there any more, throws when it is read.
 * Throws ConfigError for a name that no stream of the manifest has, when there are no dynamic ones.
 */
export async function namedStreams(source: Source, names: readonly string[]): Promise<Stream[]> {
  const streams = new Map<string, Stream>();
  const found: FoundStream[] = [];
  const dynamicStreams = source.dynamicStreams();
  const isMissing = (name: string): boolean => !streams.has(name);
  for (const name of names) {
    const stream = source.stream(name);
    if (stream) streams.set(name, stream);
  }
  // Asked for one after the other, and only as long as a name is missing.
  for (const { find } of dynamicStreams) {
    const missing = names.filter(isMissing);
    if (missing.length === 0) break;
    for await (const one of find()) {
      found.push(one);
      for (const name of missing) if (isMissing(name) && isCalled(name, one)) streams.set(name, builtAs(name, one));
    }
  }
  const known = [...source.streamNames, ...found.flatMap(({ name }) => name ?? [])].join(', ');
  return names.map((name) => {
    const stream = streams.get(name);
    if (stream) return stream;
    // It may be one of those of which nothing could be learned.
    const unknown = found.find((one) => one.name === undefined && one.stablePrefix === undefined);
    if (unknown) return builtAs(name, unknown);
    const error = new ConfigError(
      `There is no stream "${name}". Refresh the schema of the connection; the streams are: ${known}.`,
    );
    if (dynamicStreams.length === 0) throw error;
    return unreadable(name, error);
  });
}
