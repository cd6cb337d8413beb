// Moments as whole microseconds since the epoch, read and written by strftime formats as the reference engine does
// (CDK datetime_parser.py): without losing what comes after the milliseconds.
import { DateTime, type Duration } from 'luxon';
import { momentAt } from './datetime.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** What each directive matches. Names of months and days count by their first three letters. */
const patterns: Readonly<Record<string, string>> = {
  '%Y': '(?<year>\\d{4})',
  '%y': '(?<shortYear>\\d{2})',
  '%m': '(?<month>\\d{1,2})',
  '%b': '(?<monthName>[a-z]{3})',
  '%B': '(?<monthName>[a-z]{3,9})',
  '%d': '(?<day>\\d{1,2})',
  '%j': '(?<dayOfYear>\\d{1,3})',
  '%H': '(?<hour>\\d{1,2})',
  '%I': '(?<hour>\\d{1,2})',
  '%p': '(?<half>am|pm)',
  '%M': '(?<minute>\\d{1,2})',
  '%S': '(?<second>\\d{1,2})',
  '%f': '(?<fraction>\\d{1,6})',
  '%_ms': '(?<fraction>\\d{1,6})',
  '%z': '(?<offset>z|[+-]\\d{2}:?\\d{2})',
  '%Z': '(?:utc|gmt)',
  '%a': '[a-z]{3}',
  '%A': '[a-z]{6,9}',
  '%%': '%',
};
const short: Readonly<Record<string, string>> = { '%T': '%H:%M:%S', '%F': '%Y-%m-%d', '%D': '%m/%d/%y' };

/** Formats that are one number: its microseconds, and whether it may have a fraction. */
const numbers: Readonly<Record<string, { unit: number; isWhole: boolean }>> = {
  '%s': { unit: 1_000_000, isWhole: true },
  '%s_as_float': { unit: 1_000_000, isWhole: false },
  '%ms': { unit: 1000, isWhole: true },
  '%epoch_microseconds': { unit: 1, isWhole: true },
};

const known = new Map<string, RegExp>();

function patternOf(format: string): RegExp {
  const made =
    known.get(format) ??
    new RegExp(
      `^${format
        .replaceAll(/%[TFD]/g, (directive) => short[directive] ?? directive)
        .split(/(%_ms|%[A-Za-z%])/)
        .map((part) => patterns[part] ?? part.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&').replaceAll(/\s+/g, '\\s+'))
        .join('')}$`,
      'i',
    );
  known.set(format, made);
  return made;
}

/** Microseconds east of UTC. */
function offsetOf(offset: string): number {
  if (/^z$/i.test(offset)) return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  return (offset.startsWith('-') ? -minutes : minutes) * 60_000_000;
}

function fromParts(parts: Readonly<Record<string, string | undefined>>): number | undefined {
  const at = (name: string, otherwise: number): number => Number(parts[name] ?? otherwise);
  const shortYear = at('shortYear', 0);
  const year = at('year', parts['shortYear'] === undefined ? 1900 : shortYear + (shortYear < 69 ? 2000 : 1900));
  const month = parts['monthName'] ? MONTHS.indexOf(parts['monthName'].slice(0, 3).toLowerCase()) + 1 : at('month', 1);
  const half = parts['half']?.toLowerCase();
  const hour = half === undefined ? at('hour', 0) : (at('hour', 0) % 12) + (half === 'pm' ? 12 : 0);
  const time = DateTime.fromObject(
    {
      ...(parts['dayOfYear'] ? { year, ordinal: at('dayOfYear', 1) } : { year, month, day: at('day', 1) }),
      ...{ hour, minute: at('minute', 0), second: at('second', 0) },
    },
    { zone: 'utc' },
  );
  if (!time.isValid || hour > 23) return undefined;
  return time.toMillis() * 1000 + Number((parts['fraction'] ?? '').padEnd(6, '0')) - offsetOf(parts['offset'] ?? 'z');
}

/** The moment that a text says in a format; without a zone it is UTC. Undefined when it does not fit. */
export function parseTimestamp(text: string, format: string): number | undefined {
  const number = numbers[format];
  if (!number) {
    const match = patternOf(format).exec(text);
    return match ? fromParts(match.groups ?? {}) : undefined;
  }
  if (!(number.isWhole ? /^\s*-?\d+\s*$/ : /^\s*-?\d+(\.\d*)?(e\d+)?\s*$/i).test(text)) return undefined;
  return Math.round(Number(text) * number.unit);
}

/** A moment as the text of a format, in UTC. */
export function formatTimestamp(microseconds: number, format: string): string {
  const number = numbers[format];
  if (number) {
    const value = microseconds / number.unit;
    if (number.isWhole) return String(Math.floor(value));
    return Number.isInteger(value) ? `${value}.0` : String(value);
  }
  const fraction = String(((microseconds % 1_000_000) + 1_000_000) % 1_000_000).padStart(6, '0');
  const filled = format.replaceAll(/%%|%f/g, (directive) => (directive === '%f' ? fraction : directive));
  return momentAt(Math.floor(microseconds / 1000)).strftime(filled);
}

/** The moment so much later: months and days are those of the calendar. */
export function later(microseconds: number, duration: Duration): number {
  const milliseconds = Math.floor(microseconds / 1000);
  const moved = DateTime.fromMillis(milliseconds, { zone: 'utc' }).plus(duration).toMillis();
  return moved * 1000 + (microseconds - milliseconds * 1000);
}
