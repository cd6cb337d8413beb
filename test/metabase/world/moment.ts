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

const DAY_MS = 86_400_000;
const START = Date.UTC(2024, 0, 1);
const STEP_MS = 7 * 60_000 + 131;
const SPAN_MS = 2 * 365 * DAY_MS;
const CHANGE_MS = 90 * DAY_MS;

export function makeMoment(settings: Settings): Moment {
  const zone = settings.version === '0.43' ? '' : 'Z';
  const at = (milliseconds: number) => dayOf(milliseconds) + timeOf(milliseconds % DAY_MS) + zone;
  const start = (id: number) => START + ((id * STEP_MS) % SPAN_MS);
  return {
    at,
    of: (kind, id) => at(start(id) + kind.length),
    after: (kind, id) => at(start(id) + (hash(settings.seed, kind.length, id) % CHANGE_MS)),
  };
}

const days = new Map<number, string>();

/** `2024-01-31T`: one text a day, for toISOString would be a fifth of the time that a long list takes. */
function dayOf(milliseconds: number): string {
  const day = Math.floor(milliseconds / DAY_MS);
  const known = days.get(day) ?? new Date(milliseconds).toISOString().slice(0, 11);
  days.set(day, known);
  return known;
}

function timeOf(milliseconds: number): string {
  const [hours, minutes] = [Math.floor(milliseconds / 3_600_000), Math.floor(milliseconds / 60_000) % 60];
  const seconds = Math.floor(milliseconds / 1000) % 60;
  const rest = milliseconds % 1000;
  return `${two(hours)}:${two(minutes)}:${two(seconds)}.${rest < 100 ? '0' : ''}${two(rest)}`;
}

function two(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}
