import { expect, test } from 'vitest';
import { joinBytes } from '../../engine/text/join-bytes.ts';

test('bytes and texts are joined', () => {
  expect(joinBytes([]).toString()).toBe('');
  expect(joinBytes(['{"é":1,', Buffer.from('"b":2'), '}']).toString()).toBe('{"é":1,"b":2}');
});

test('what was joined before stays as it is, also when it fills a block', () => {
  const parts = ['x'.repeat(10), 'é'.repeat(40_000), 'y'.repeat(200_000), 'z'];
  const joined = parts.map((part) => joinBytes([part]));
  expect(joined.map(String)).toEqual(parts);
});
