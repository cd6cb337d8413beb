// The stream of a name, for somebody who types it.
import type { FoundStream, Source, Stream } from '../../components/kinds.ts';
import { ConfigError } from '../../errors.ts';
import { didYouMean } from '../../manifest/suggest.ts';

/** The name is not that of a stream. */
export class UnknownStreamError extends ConfigError {}

/** Throws UnknownStreamError. */
export function refuseName(name: string, known: readonly string[]): never {
  const hint = didYouMean(name, known) ?? `The streams are: ${known.join(', ')}.`;
  throw new UnknownStreamError(`There is no stream "${name}". ${hint}`);
}

/** The stream of the manifest, or else the one that the config or the server knows. Throws EngineError when it cannot be had. */
export async function findStream(source: Source, name: string): Promise<Stream> {
  const stream = source.stream(name);
  if (stream) return stream;
  const names = [...source.streamNames];
  let broken: FoundStream | undefined;
  for (const { find } of source.dynamicStreams()) {
    for await (const found of find()) {
      const { stablePrefix = '' } = found;
      if (found.name === name || (stablePrefix !== '' && name.startsWith(stablePrefix))) return found.build(name);
      if (found.name === undefined) broken ??= found;
      else names.push(found.name);
    }
  }
  // It may be one of those of which nothing could be learned: building it says why.
  return broken ? broken.build() : refuseName(name, names);
}
