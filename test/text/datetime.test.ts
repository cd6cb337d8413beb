import { expect, test } from 'vitest';
import { momentAt, parseByFormat, parseDuration, parseIso } from '../../engine/text/datetime.ts';

test.each([
  ['2022-01-14', '2022-01-14 00:00:00+00:00'],
  ['2022-01-14T10:20:30', '2022-01-14 10:20:30+00:00'],
  ['2022-01-14 10:20:30Z', '2022-01-14 10:20:30+00:00'],
  ['2022-01-14T10:20:30.5+02:00', '2022-01-14 08:20:30.500000+00:00'],
])('%s is the moment %s', (text, expected) => {
  expect(String(parseIso(text))).toBe(expected);
});

test.each([
  ['%Y-%m-%dT%H:%M:%SZ', '2022-03-04T05:06:07Z'],
  ['at %H, 100%%', 'at 05, 100%'],
  ['%y%j %A %a %B %b %p %I', '22063 Friday Fri March Mar AM 05'],
  ['%T %F %D', '05:06:07 2022-03-04 03/04/22'],
  ['%G-W%V', '2022-W09'],
  ['%w', '5'],
  ['%f|%_ms', '089000|089'],
  ['%z', '+0000'],
  ['%s', '1646370367'],
  ['%ms', '1646370367089'],
])('strftime %s gives %s', (format, expected) => {
  expect(momentAt(Date.UTC(2022, 2, 4, 5, 6, 7, 89)).strftime(format)).toBe(expected);
});

test.each([
  ['14/01/2022 10:20', '%d/%m/%Y %H:%M', '2022-01-14 10:20:00+00:00'],
  ['2022-01-14T10:20:30.123+0200', '%Y-%m-%dT%H:%M:%S.%_ms%z', '2022-01-14 08:20:30.123000+00:00'],
  ['2022-01-14T10:20:30.123000Z', '%Y-%m-%dT%H:%M:%S.%fZ', '2022-01-14 10:20:30.123000+00:00'],
  ['1640995200', '%s', '2022-01-01 00:00:00+00:00'],
  ['1640995200500', '%ms', '2022-01-01 00:00:00.500000+00:00'],
])('%s in the format %s is the moment %s', (text, format, expected) => {
  expect(String(parseByFormat(text, format))).toBe(expected);
});

test('Sunday is day 0 of the week', () => {
  expect(parseIso('2022-03-06').strftime('%w')).toBe('0');
});

test.each([
  ['P1D', '1 day, 0:00:00'],
  ['P2DT3H4M5S', '2 days, 3:04:05'],
  ['PT90M', '1:30:00'],
])('the duration %s prints %s', (text, expected) => {
  expect(String(parseDuration(text))).toBe(expected);
});

test('what is no date or duration is refused', () => {
  expect(() => parseIso('2022-13-01')).toThrow(RangeError);
  expect(() => parseByFormat('x', '%s')).toThrow(RangeError);
  expect(() => parseDuration('1d')).toThrow(RangeError);
});
