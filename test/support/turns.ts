// Lets a test decide what happens next: whatever would wait for a server or a clock waits for its turn here.
import { setImmediate as nextTick, setTimeout as delay } from 'node:timers/promises';

interface Waiting {
  readonly name: string;
  readonly go: () => void;
}

export interface Turns {
  /** Waits until it is picked. Rejects with the signal's reason. */
  wait(name: string, signal?: AbortSignal): Promise<void>;
  /** What waits, in the order of asking. */
  names(): string[];
  /** Lets the first one of this name go on, and everything that follows from it happen. */
  let(name: string): Promise<void>;
  /** Lets one after the other go on, as `pick` chooses of so many, until the promise is settled. Throws when nothing is left to pick. */
  until<T>(promise: Promise<T>, pick: (count: number) => number): Promise<T>;
}

/** Rounds of the event loop in which streams and temporary files get their things done. */
const ROUNDS = 3;
/** Only a test that is about to fail waits so long. */
const LAST_CHANCES_MS = [1, 20, 200];

export async function settle(): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) await nextTick();
}

export function createTurns(): Turns {
  const waiting: Waiting[] = [];

  function wait(name: string, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        waiting.splice(waiting.indexOf(entry), 1);
        signal?.removeEventListener('abort', abort);
      };
      const abort = (): void => {
        leave();
        reject(signal?.reason as Error);
      };
      const go = (): void => {
        leave();
        resolve();
      };
      const entry = { name, go };
      waiting.push(entry);
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort);
    });
  }

  async function until<T>(promise: Promise<T>, pick: (count: number) => number): Promise<T> {
    const state = { isSettled: false };
    const settled = (): boolean => (state.isSettled = true);
    promise.then(settled, settled);
    for (;;) {
      await settle();
      for (const ms of LAST_CHANCES_MS) if (!state.isSettled && waiting.length === 0) await delay(ms);
      if (state.isSettled) return promise;
      if (waiting.length === 0) throw new Error('Nothing is left to happen, and it has not ended: a deadlock.');
      waiting[pick(waiting.length) % waiting.length]?.go();
    }
  }

  return {
    wait,
    until,
    names: () => waiting.map(({ name }) => name),
    async let(name) {
      await settle();
      const found = waiting.find((entry) => entry.name === name);
      if (!found)
        throw new Error(`"${name}" does not wait; these do: ${waiting.map((entry) => entry.name).join(', ')}`);
      found.go();
      await settle();
    },
  };
}
