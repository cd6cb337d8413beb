import { expect, test } from 'vitest';
import { checkedRow, rowOf, rowOfValue } from '../../engine/text/row.ts';

const textOf = ({ bytes }: { bytes: Uint8Array }): string => Buffer.from(bytes).toString();

test('a row that nobody looks into keeps its bytes', () => {
  const bytes = Buffer.from('{ "a":1.10, "a":2, "é":"\\u00e9" }');
  expect(checkedRow(bytes).bytes).toBe(bytes);
});

test('line breaks between tokens go, so that a row is one line', () => {
  expect(textOf(checkedRow(Buffer.from('{\r\n  "a": "\\n",\n "b": [\n1\n]}')))).toBe('{  "a": "\\n", "b": [1]}');
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

test.each(['[1]', '1', '"x"', 'null'])('%s is no record', (text) => {
  expect(() => checkedRow(Buffer.from(text))).toThrow(`a record is not an object: ${text}`);
});

test('a record that is malformed or not UTF-8 is refused', () => {
  expect(() => checkedRow(Buffer.from('{"a":01}'))).toThrow(SyntaxError);
  expect(() => checkedRow(Buffer.from('{"a":"\t"}'))).toThrow(SyntaxError);
  expect(() => checkedRow(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toThrow('not valid UTF-8');
});
