// Cuts the time between two moments into slices.
import type { Duration } from 'luxon';
import { later } from '../../text/timestamp.ts';

/** Both ends belong to it, in microseconds. */
export interface Slice {
  readonly start: number;
  readonly end: number;
}

export interface SlicesOptions extends Slice {
  /** Left out, there is one slice. */
  step: Duration | undefined;
  /** A slice ends so much before the next one begins; left out, where it begins. */
  granularity: Duration | undefined;
  /** True when no slice may begin where it ends. */
  isStrict: boolean;
}

export function slicesOf({ start, end, step, granularity, isStrict }: SlicesOptions): Slice[] {
  if (start > end || (start === end && (isStrict || !granularity))) return [];
  const slices: Slice[] = [];
  let from = start;
  for (;;) {
    const to = step ? later(from, step) : end;
    if (to >= end) return [...slices, { start: from, end }];
    slices.push({ start: from, end: granularity ? later(to, granularity.negate()) : to });
    from = to;
  }
}
