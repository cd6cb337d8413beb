// Reads streams in full into a target: discover and read in one session.
import type { Source, Stream } from '../components/kinds.ts';
import { ConfigError } from '../errors.ts';
import { didYouMean } from '../manifest/suggest.ts';
import { checkSource } from '../run/check.ts';
import { readAll } from '../run/read.ts';
import { allStreams } from '../run/select.ts';
import { type Engine, offered, withSource } from '../source.ts';
import type { JsonObject } from '../text/json.ts';
import type { Target } from './target.ts';
import type { SyncWriter } from './writer.ts';

export interface SyncOptions {
  /** The streams to read; all that can be read where it is undefined. */
  readonly names?: readonly string[] | undefined;
  readonly open: () => Promise<Target>;
}

/** The streams of these names. Throws ConfigError for a name that there is not. */
async function chosenStreams(source: Source, names: readonly string[]): Promise<Stream[]> {
  const ofManifest = names.flatMap((name) => source.stream(name) ?? []);
  const streams = ofManifest.length === names.length ? ofManifest : await allStreams(source);
  const known = streams.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const complaints = unknown.map((name) =>
      [`There is no stream "${name}".`, didYouMean(name, known)].flat().join(' '),
    );
    throw new ConfigError(`${complaints.join(' ')} The streams are: ${known.join(', ')}.`);
  }
  return streams.filter(({ name }) => names.includes(name));
}

/** Databases and some file systems do not tell names by case. Throws ConfigError. */
function checkNames(streams: readonly Stream[]): void {
  const seen = new Map<string, string>();
  for (const { name } of streams) {
    const other = seen.get(name.toLowerCase());
    if (other !== undefined) {
      throw new ConfigError(
        `The streams "${other}" and "${name}" differ in case only, so they would be one table. Rename one in the config.`,
      );
    }
    seen.set(name.toLowerCase(), name);
  }
}

/** Writes the streams into a target, each in the place of what was there. Throws when one is incomplete. */
export async function sync(
  engine: Engine & { readonly writer: SyncWriter },
  config: JsonObject,
  { names, open }: SyncOptions,
): Promise<void> {
  const { writer, clock, signal } = engine;
  const target = await open();
  try {
    await withSource(engine, config, async (source, opened) => {
      const { log, concurrency, monitor } = opened;
      // Told once here, and not by each of the streams.
      const connected = await checkSource(source);
      if (connected !== undefined) log('INFO', connected);
      const streams = names ? await chosenStreams(source, names) : await offered(opened);
      signal?.throwIfAborted();
      checkNames(streams);
      writer.begin(streams, target);
      await readAll({
        streams,
        stateOf: () => undefined,
        concurrency: concurrency(),
        writer,
        now: clock.now,
        countsOf: monitor.countsOf,
        ended: monitor.ended,
        signal,
      });
    });
  } finally {
    await target.close();
  }
}
