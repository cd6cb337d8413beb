// When generated things happened: spread over two years, later for later ids, written as the version writes them.
import { hash } from '../deterministic.ts';
import type { Settings } from '../options.ts';

export type Moment = {
  /** When the row of this kind and id was made. */
  of: (kind: string, id: number) => string;
  /** A moment up to 90 days after that, for changes. */
  after: (kind: string, id: number) => string;
  /** A time of the clock, written the same way. */
  at: (milliseconds: number) => string;
};

const START = Date.UTC(2024, 0, 1);
const STEP_MS = 7 * 60_000 + 131;
const SPAN_MS = 2 * 365 * 86_400_000;
const CHANGE_MS = 90 * 86_400_000;

export function makeMoment(settings: Settings): Moment {
  const at =
    settings.version === '0.43'
      ? (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, -1)
      : (milliseconds: number) => new Date(milliseconds).toISOString();
  const start = (id: number) => START + ((id * STEP_MS) % SPAN_MS);
  return {
    at,
    of: (kind, id) => at(start(id) + kind.length),
    after: (kind, id) => at(start(id) + (hash(settings.seed, kind.length, id) % CHANGE_MS)),
  };
}
