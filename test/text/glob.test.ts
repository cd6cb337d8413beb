import { expect, test } from 'vitest';
import { globMatcher, isGlob } from '../../engine/text/glob.ts';

test.each([
  ['*cards', ['cards', 'dashcards', 'ordered_cards'], ['card', 'cards_', 'Cards']],
  ['a*z', ['az', 'a\nz'], ['a', 'za']],
  ['?', ['a', '€', '*', '\n'], ['', 'ab']],
  ['a.[bc]', ['a.b', 'a.c'], ['a.d', 'axb', 'a.[bc]']],
  ['[!a-c]', ['d', '!'], ['a', 'b', '']],
  ['[]a]', [']', 'a'], ['[]a]']],
  ['[^]x', ['[^]x', '^x'].slice(1), ['[x']],
  ['[]', ['[]'], ['']],
  ['$.x|(y)\\', ['$.x|(y)\\'], ['$.x|y']],
  ['plain', ['plain'], ['plai', 'plainer']],
])('%j means %j and not %j', (segment, keys, others) => {
  const matches = globMatcher(segment);
  expect(keys.filter((key) => !matches(key))).toEqual([]);
  expect(others.filter(matches)).toEqual([]);
});

test('only *, ? and letters in brackets make a pattern', () => {
  expect(['*', 'a*', '?', '[a]'].map(isGlob)).toEqual([true, true, true, true]);
  expect(['', 'a', '[]', '[a', 'a]', '$.x', '..'].map(isGlob)).toEqual(Array(7).fill(false));
});
