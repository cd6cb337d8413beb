// Counts what happens to the requests of each stream, and says it where the protocol has a word for it.
import type { Monitor } from '../components/scope.ts';

export interface Counts {
  retries: number;
  skipped: number;
}

export interface CountingMonitor extends Monitor {
  /** What has been counted for a stream so far. */
  readonly countsOf: (stream: string) => Readonly<Counts>;
  readonly ended: (stream: string) => void;
}

/** `onRateLimited` is called with the moment, in milliseconds since the epoch, when the stream goes on. */
export function createMonitor(onRateLimited: (stream: string, until: number) => void): CountingMonitor {
  const counts = new Map<string, Counts>();

  function countsOf(stream: string): Counts {
    const known = counts.get(stream) ?? { retries: 0, skipped: 0 };
    counts.set(stream, known);
    return known;
  }

  const endedStreams = new Set<string>();

  return {
    countsOf,
    ended: (stream) => {
      endedStreams.add(stream);
    },
    hasEnded: (stream) => endedStreams.has(stream),
    rateLimited: onRateLimited,
    retried: (stream) => {
      countsOf(stream).retries += 1;
    },
    skipped: (stream) => {
      countsOf(stream).skipped += 1;
    },
  };
}
