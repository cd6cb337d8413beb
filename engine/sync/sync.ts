// Reads streams in full into a target: discover and read in one session.
import type { Source, Stream } from '../components/kinds.ts';
import { ConfigError } from '../errors.ts';
import { didYouMean } from '../manifest/suggest.ts';
import { checkSource } from '../run/check.ts';
import { readAll } from '../run/read.ts';
import { allStreams } from '../run/select.ts';
import { offeredStreams } from '../run/offered.ts';
import { ASKING_MS, type Engine, type OpenSource, withSource } from '../source.ts';
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

/** The streams without those that the server refuses, as far as reading them does not tell as well. */
async function withoutRefused(streams: readonly Stream[], { log }: OpenSource, refused: (stream: Stream) => void) {
  const asked = streams.filter(({ availability }) => availability?.isToldByReading === false);
  const offered = await offeredStreams(asked, { log, refused, longestMs: ASKING_MS });
  return streams.filter((stream) => !asked.includes(stream) || offered.includes(stream));
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
      const chosen = names ? await chosenStreams(source, names) : await allStreams(source);
      // All of them before the first request: only then is it known who shares a reply with whom.
      chosen.forEach(({ retriever }) => retriever);
      // Told once here, and not by each of the streams.
      const connected = await opened.keeping(
        chosen.map(({ name }) => name),
        () => checkSource(source),
      );
      if (connected !== undefined) log('INFO', connected);
      const leaveOut = ({ name, availability }: Stream): void =>
        writer.leaveOut(name, `it needs ${availability?.needs ?? ''}.`);
      const streams = names ? chosen : await withoutRefused(chosen, opened, leaveOut);
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
        leavesOut: (name) => {
          const refused = streams.find((stream) => stream.name === name && !names && stream.availability);
          if (refused) leaveOut(refused);
          return refused !== undefined;
        },
        signal,
      });
    });
  } finally {
    await target.close();
  }
}
