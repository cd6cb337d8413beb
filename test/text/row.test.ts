import { expect, test } from 'vitest';
import { rowOf, rowOfValue } from '../../engine/text/row.ts';

test('a row that nobody looks into keeps its bytes', () => {
  const bytes = Buffer.from('{ "a":1.10, "a":2 }');
  expect(rowOf(bytes).bytes).toBe(bytes);
});

test('the value of a row is parsed once', () => {
  const row = rowOf(Buffer.from('xx{"a":1}yy').subarray(2, 9));
  expect(row.value()).toEqual({ a: 1 });
  expect(row.value()).toBe(row.value());
});

test('a row of a value is written with its digits', () => {
  const { bytes } = rowOfValue(rowOf(Buffer.from('{"a":1.10,"b":"é\\n"}')).value());
  expect(Buffer.from(bytes).toString()).toBe('{"a":1.10,"b":"é\\n"}');
});
