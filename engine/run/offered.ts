// Which streams these credentials can read on this server, as far as it can be told in a short time.
import type { Stream } from '../components/kinds.ts';
import type { Scope } from '../components/scope.ts';

export interface OfferedOptions {
  log: Scope['log'];
  /** Told of each stream that the server refuses. */
  refused: (stream: Stream) => void;
  /** How long all the asking may take. */
  longestMs: number;
}

interface Answer {
  readonly isOffered: boolean;
  /** Why that is not known. */
  readonly doubt?: string;
}

async function ask({ availability }: Stream): Promise<Answer> {
  if (!availability) return { isOffered: true };
  try {
    return { isOffered: await availability.isOffered() };
  } catch (thrown) {
    return { isOffered: true, doubt: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

/** All streams but those that the server refuses: one of which nothing is known is among them. */
export async function offeredStreams(streams: readonly Stream[], options: OfferedOptions): Promise<Stream[]> {
  const { log, refused, longestMs } = options;
  let timer: NodeJS.Timeout | undefined;
  const timeIsUp = new Promise<Answer>((resolve) => {
    timer = setTimeout(resolve, longestMs, { isOffered: true, doubt: `no answer within ${longestMs / 1000} s` });
  });
  const answers = await Promise.all(streams.map((stream) => Promise.race([ask(stream), timeIsUp])));
  clearTimeout(timer);

  const doubts = new Map<string, string[]>();
  for (const [index, stream] of streams.entries()) {
    const { isOffered = true, doubt } = answers[index] ?? {};
    if (doubt !== undefined) doubts.set(doubt, [...(doubts.get(doubt) ?? []), stream.name]);
    if (!isOffered) refused(stream);
  }
  for (const [doubt, names] of doubts) {
    log(
      'WARN',
      `It is not known whether these streams can be read, so they are listed: ${names.join(', ')}. (${doubt})`,
    );
  }
  return streams.filter((_, index) => answers[index]?.isOffered);
}
