import { expect, test } from 'vitest';
import { add, isEqual, isTruthy, member, pythonText, slice, subtract } from '../../engine/text/python.ts';

test.each<[unknown, string]>([
  [undefined, ''],
  [null, 'None'],
  [true, 'True'],
  [[1, 'a', null, [false]], "[1, 'a', None, [False]]"],
  [{ a: { b: 'c' } }, "{'a': {'b': 'c'}}"],
  [["it's", 'a"b', 'a\\b\n'], `["it's", 'a"b', 'a\\\\b\\n']`],
  ['as it is\n', 'as it is\n'],
])('%j prints as %s', (value, expected) => {
  expect(pythonText(value)).toBe(expected);
});

test('empty things and zero are false, all else is true', () => {
  expect([undefined, null, false, 0, '', [], {}].map(isTruthy)).not.toContain(true);
  expect([true, 1, -1, 'False', [0], { a: 0 }].map(isTruthy)).not.toContain(false);
});

test.each<[unknown, unknown, boolean]>([
  [[1, [2]], [1, [2]], true],
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
  [{ a: 1 }, { a: 1, b: undefined }, false],
  [true, 1, true],
  [1, true, true],
  [0, false, true],
  ['1', 1, false],
  [null, false, false],
])('%j == %j is %s', (left, right, expected) => {
  expect(isEqual(left, right)).toBe(expected);
});

test('adding and subtracting refuse what Python refuses', () => {
  expect(() => add('a', 1)).toThrow(TypeError);
  expect(() => add([1], 'a')).toThrow(TypeError);
  expect(() => add(null, 1)).toThrow(TypeError);
  expect(() => subtract('5', 1)).toThrow(TypeError);
});

test('a field of a record wins over the method of the same name', () => {
  expect(member({ items: 5, get: 'x' }, 'items')).toBe(5);
  expect(member({ get: 'x' }, 'get')).toBe('x');
});

test('None, numbers and booleans have no members', () => {
  expect([null, 5, true].map((value) => member(value, 'a'))).toEqual(Array(3).fill(undefined));
});

test('asking something that is not there for a member is an error', () => {
  expect(() => member(undefined, 'a')).toThrow('"a" is asked of something that is not there');
});

test.each<[unknown, unknown[], unknown]>([
  [
    [1, 2, 3, 4],
    [1, 3],
    [2, 3],
  ],
  [
    [1, 2, 3, 4],
    [null, null, -2],
    [4, 2],
  ],
  [
    [1, 2, 3, 4],
    [3, 0, -1],
    [4, 3, 2],
  ],
  ['añ😀z', [1, 3], 'ñ😀'],
  ['abc', [-2], 'bc'],
])('the slice of %j by %j is %j', (value, [start, stop, step], expected) => {
  expect(slice(value, start, stop, step)).toEqual(expected);
});
