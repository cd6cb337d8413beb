// How two texts differ, as people read it.
import { expect, test } from 'vitest';
import { lineDiff } from '../../engine/testing/line-diff.ts';

const lines = (...texts: string[]): string => texts.join('\n');

test('shows what was expected, what came, and two lines around', () => {
  const before = lines('1', '2', '3', '4', '5', '6', '7');
  expect(lineDiff(before, before.replace('4', 'four'))).toBe(
    lines('  …', '  2', '  3', '- 4', '+ four', '  5', '  6', '  …'),
  );
});

test('finds lines that are gone and lines that are new among equal ones', () => {
  expect(lineDiff(lines('a', 'b', 'c', 'd'), lines('x', 'a', 'c', 'd', 'e'))).toBe(
    lines('+ x', '  a', '- b', '  c', '  d', '+ e'),
  );
});

test('leaves out what is between two places that differ', () => {
  const before = lines('a', '1', '2', '3', '4', '5', '6', 'z');
  expect(lineDiff(before, before.replace('a', 'b').replace('z', 'y'))).toBe(
    lines('- a', '+ b', '  1', '  2', '  …', '  5', '  6', '- z', '+ y'),
  );
});

test('a long difference ends early and says so', () => {
  const many = (word: string) => lines(...Array.from({ length: 100 }, (_, index) => `${word} ${index}`));
  const shown = lineDiff(many('a'), many('b')).split('\n');
  expect(shown).toHaveLength(61);
  expect(shown.at(-1)).toBe('  … and 140 lines more');
});
