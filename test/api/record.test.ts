// What a record is for programs.
import { expect, test } from 'vitest';
import { recordOf } from '../../engine/api/record.ts';
import { rowOf } from '../../engine/text/row.ts';

const record = (json: string) => recordOf(rowOf(Buffer.from(json)));

test('a record has its fields as values of JavaScript', () => {
  expect(record('{"id":1,"name":"Ä","tags":["a",null],"nested":{"ok":true}}').data).toEqual({
    id: 1,
    name: 'Ä',
    tags: ['a', null],
    nested: { ok: true },
  });
});

test('a whole number that a double does not hold exactly is a bigint', () => {
  const { data } = record('{"safe":9007199254740991,"next":9007199254740992,"long":-123456789012345678901234567890}');
  expect(data).toEqual({
    safe: 9007199254740991,
    next: 9007199254740992n,
    long: -123456789012345678901234567890n,
  });
});

test('digits in a text stay text', () => {
  expect(record('{"card":"4111111111111111"}').data).toEqual({ card: '4111111111111111' });
});

test('other numbers are the nearest double', () => {
  const json = '{"price":1.10,"exact":0.12345678901234567890,"large":1e3,"id":12345678901234567890}';
  expect(record(json).data).toEqual({
    price: 1.1,
    exact: 0.12345678901234568,
    large: 1000,
    id: 12345678901234567890n,
  });
});

test('the bytes of a record have every digit as it came', () => {
  const json = '{"price":1.10,"exact":0.12345678901234567890,"id":12345678901234567890}';
  expect(Buffer.from(record(json).bytes).toString()).toBe(json);
});

test('of equal keys the last one counts', () => {
  expect(record('{"a":1,"a":2}').data).toEqual({ a: 2 });
  expect(record('{"a":1,"a":1234567890123456789}').data).toEqual({ a: 1234567890123456789n });
});
