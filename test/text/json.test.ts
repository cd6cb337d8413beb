import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isJsonObject, parseJson, stringifyJson } from '../../engine/text/json.ts';
import { isEqual, isTruthy, pythonText } from '../../engine/text/python.ts';

test.each(['1', '-0', '1.10', '1e400', '1E5', '0.1', '12345678901234567890', '1.0', '9007199254740993', '-1.5e-7'])(
  'the number %s keeps its digits',
  (digits) => {
    expect(stringifyJson(parseJson(`{"n":[${digits}]}`))).toBe(`{"n":[${digits}]}`);
  },
);

test('whatever JSON is parsed is written again as it was', () => {
  const digits = fc
    .tuple(fc.bigInt(), fc.stringMatching(/^[0-9]{1,30}$/), fc.integer({ min: -400, max: 400 }))
    .map(([whole, fraction, exponent]) => [`${whole}`, `${whole}.${fraction}`, `${whole}e${exponent}`]);
  fc.assert(
    fc.property(digits, fc.json(), (numbers, other) => {
      const text = `{"numbers":[${numbers.join(',')}],"other":${JSON.stringify(JSON.parse(other)).replaceAll('-0', '0')}}`;
      expect(stringifyJson(parseJson(text))).toBe(text);
    }),
  );
});

test('numbers that a double holds exactly are numbers', () => {
  expect(parseJson('[1, 0.5, -3]')).toEqual([1, 0.5, -3]);
});

test('numbers that keep their digits behave as numbers in templates', () => {
  const number = parseJson('1.10');
  expect(pythonText(number)).toBe('1.10');
  expect(isEqual(number, 1.1)).toBe(true);
  expect(isEqual(number, '1.10')).toBe(false);
  expect([isTruthy(number), isTruthy(parseJson('0.00'))]).toEqual([true, false]);
  expect(isJsonObject(number)).toBe(false);
});

test.each(['', '{', '{"a":1,}', "{'a':1}", 'undefined', '[1]2', 'NaN'])('the text %j is no JSON', (text) => {
  expect(() => parseJson(text)).toThrow(SyntaxError);
});

test('the order of keys stays', () => {
  const text = '{"b":1,"a":2,"é":3,"":4}';
  expect(stringifyJson(parseJson(text))).toBe(text);
});

test('a key named __proto__ is only a key', () => {
  const text = '{"__proto__":{"a":1},"b":2}';
  expect(stringifyJson(parseJson(text))).toBe(text);
  expect(({} as Record<string, unknown>)['a']).toBeUndefined();
});
