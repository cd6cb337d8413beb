import { expect, test } from 'vitest';
import { hasWildcard, valueAt, valuesAt } from '../../engine/text/json-path.ts';

const value = {
  data: [
    { id: 1, tags: ['a'] },
    { id: 2, tags: [] },
  ],
  'a.b': { $: 'dollar', '@': 'at', '`': 'tick', '^': 'up', '~': 'name', '': 'empty' },
  "[0] it's": { '?(@.x)': 'filter', '(1)': 'script', '..': 'dots', '*x': 'star' },
  none: null,
};

test.each<[string[], unknown[]]>([
  [[], [value]],
  [['data', '0', 'id'], [1]],
  [
    ['data', '*', 'id'],
    [1, 2],
  ],
  [['data', '*', 'tags', '*'], ['a']],
  [
    ['**', 'id'],
    [1, 2],
  ],
  [['none'], [null]],
  [['none', 'x'], []],
  [['nothing'], []],
  [['constructor'], []],
])('the path %j matches what stands there', (path, values) => {
  expect(valuesAt(value, path)).toEqual(values);
});

test.each<[string[], string]>([
  [['a.b', '$'], 'dollar'],
  [['a.b', '@'], 'at'],
  [['a.b', '`'], 'tick'],
  [['a.b', '^'], 'up'],
  [['a.b', '~'], 'name'],
  [['a.b', ''], 'empty'],
  [["[0] it's", '?(@.x)'], 'filter'],
  [["[0] it's", '(1)'], 'script'],
  [["[0] it's", '..'], 'dots'],
  [["[0] it's", '*x'], 'star'],
])('the key at the end of %j is only a key', (path, expected) => {
  expect(valueAt(value, path)).toBe(expected);
  expect(valuesAt(value, path)).toEqual([expected]);
});

test('a path never runs code', () => {
  const path = ['data', '?(globalThis.hacked = true)'];
  expect(valuesAt(value, path)).toEqual([]);
  expect(valuesAt(value, ['*', '(globalThis.hacked = true)'])).toEqual([]);
  expect('hacked' in globalThis).toBe(false);
});

test('valueAt gives the first match, or undefined', () => {
  expect(valueAt(value, ['data', '*', 'id'])).toBe(1);
  expect(valueAt(value, ['data', '7', 'id'])).toBeUndefined();
  expect(valueAt(value, ['toString'])).toBeUndefined();
  expect(valueAt('text', ['length'])).toBeUndefined();
});

test('only * and ** are wildcards', () => {
  expect([['*'], ['a', '**'], ['*a'], ['..'], []].map(hasWildcard)).toEqual([true, true, false, false, false]);
});
