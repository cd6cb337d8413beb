// Datetimes by strftime formats, to the microsecond.
import { Duration } from 'luxon';
import { expect, test } from 'vitest';
import { formatTimestamp, later, parseTimestamp } from '../../engine/text/timestamp.ts';

const NOON = Date.UTC(2026, 10, 21, 12) * 1000;

test.each([
  ['2026-11-21T12:00:00Z', '%Y-%m-%dT%H:%M:%SZ', NOON],
  ['2026-11-21T12:00:00.123456Z', '%Y-%m-%dT%H:%M:%S.%fZ', NOON + 123_456],
  ['2026-11-21T12:00:00.5Z', '%Y-%m-%dT%H:%M:%S.%fZ', NOON + 500_000],
  ['2026-11-21T12:00:00.042Z', '%Y-%m-%dT%H:%M:%S.%_msZ', NOON + 42_000],
  ['2026-11-21T14:00:00+02:00', '%Y-%m-%dT%H:%M:%S%z', NOON],
  ['2026-11-21T06:30:00-0530', '%Y-%m-%dT%H:%M:%S%z', NOON],
  ['2026-11-21T12:00:00Z', '%Y-%m-%dT%H:%M:%S%z', NOON],
  ['2026-11-21', '%Y-%m-%d', NOON - 43_200_000_000],
  ['21.11.26  12:00', '%d.%m.%y %H:%M', NOON],
  ['Sat, 21 Nov 2026 12:00:00 GMT', '%a, %d %b %Y %T %Z', NOON],
  ['November 21 2026 12:00 PM', '%B %d %Y %I:%M %p', NOON],
  ['12:00 AM 2026-11-21', '%I:%M %p %F', NOON - 43_200_000_000],
  ['2026 325', '%Y %j', NOON - 43_200_000_000],
  ['11/21/70 (100%)', '%D (100%%)', Date.UTC(1970, 10, 21) * 1000],
  ['1795262400', '%s', NOON],
  ['1795262400.25', '%s_as_float', NOON + 250_000],
  ['1795262400000', '%ms', NOON],
  ['1795262400000001', '%epoch_microseconds', NOON + 1],
])('reads "%s" by "%s"', (text, format, microseconds) => {
  expect(parseTimestamp(text, format)).toBe(microseconds);
});

test.each([
  ['2026-11-21T12:00:00', '%Y-%m-%d'],
  ['2026-13-01', '%Y-%m-%d'],
  ['2026-02-30', '%Y-%m-%d'],
  ['2026-11-21 24:00', '%Y-%m-%d %H:%M'],
  ['1795262400.5', '%s'],
  ['', '%s'],
  ['soon', '%Y-%m-%d'],
])('"%s" does not fit "%s"', (text, format) => {
  expect(parseTimestamp(text, format)).toBeUndefined();
});

test.each([
  ['%Y-%m-%dT%H:%M:%S.%fZ', '2026-11-21T12:00:00.000042Z'],
  ['%Y-%m-%dT%H:%M:%S%z', '2026-11-21T12:00:00+0000'],
  ['%Y-%m-%d %%f', '2026-11-21 %f'],
  ['%s', '1795262400'],
  ['%s_as_float', '1795262400.000042'],
  ['%ms', '1795262400000'],
  ['%epoch_microseconds', '1795262400000042'],
])('writes by "%s"', (format, text) => {
  expect(formatTimestamp(NOON + 42, format)).toBe(text);
});

test('whole seconds as a float have their .0', () => {
  expect(formatTimestamp(NOON, '%s_as_float')).toBe('1795262400.0');
});

test('later goes by the calendar and keeps the microseconds', () => {
  const january = parseTimestamp('2024-01-31.000007', '%Y-%m-%d.%f') ?? 0;
  expect(formatTimestamp(later(january, Duration.fromISO('P1M')), '%Y-%m-%d.%f')).toBe('2024-02-29.000007');
});
