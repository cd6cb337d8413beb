// The terminal, or what stands in its place.
import type { Screen } from '../../engine/authoring/show/text.ts';
import { paint } from './terminal.ts';

/** Where lines end when nobody says how wide the terminal is. */
const WIDTH = 100;

/** What is written on the standard output: as wide as the terminal, coloured where that is wanted. */
export function screenOf({ columns = Number(process.env['COLUMNS']) || WIDTH }: { columns?: number }): Screen {
  return {
    width: Math.min(Math.max(columns, 60), 160),
    paint,
  };
}
