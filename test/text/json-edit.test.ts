import { expect, test } from 'vitest';
import { removeAt, setAt } from '../../engine/text/json-edit.ts';
import { parseJson, stringifyJson } from '../../engine/text/json.ts';

const changed = (text: string, change: (value: Record<string, unknown>) => void): string => {
  const value = parseJson(text) as Record<string, unknown>;
  change(value);
  return stringifyJson(value);
};

test.each<[string, string[], string]>([
  ['{"a":1}', ['b'], '{"a":1,"b":"x"}'],
  ['{"a":1,"b":2}', ['a'], '{"a":"x","b":2}'],
  ['{}', ['a', 'b'], '{"a":{"b":"x"}}'],
  ['{"a":1}', ['a', 'b'], '{"a":{"b":"x"}}'],
  ['{"a":[1]}', ['a', '0'], '{"a":["x"]}'],
  ['{"a":[1]}', ['a', '2'], '{"a":[1,null,"x"]}'],
  ['{}', ['__proto__', 'b'], '{"__proto__":{"b":"x"}}'],
  ['{"a":1.10}', [], '{"a":1.10}'],
])('sets in %s the value at %j', (text, path, expected) => {
  expect(changed(text, (value) => setAt(value, path, 'x'))).toBe(expected);
});

test('setting never reaches the prototype of objects', () => {
  setAt({}, ['__proto__', 'polluted'], true);
  setAt({}, ['constructor', 'prototype', 'polluted'], true);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test.each<[string, string[], string]>([
  ['{"a":1,"b":2}', ['a'], '{"b":2}'],
  ['{"a":{"b":1,"c":2}}', ['a', 'b'], '{"a":{"c":2}}'],
  ['{"a":[1,2]}', ['a', '0'], '{"a":[null,2]}'],
  ['{"a":{"x":{"p":1}},"b":{"x":2}}', ['*', 'x'], '{"a":{},"b":{}}'],
  ['{"a":{"p":1,"b":[{"p":2,"q":3}]},"p":4}', ['**', 'p'], '{"a":{"b":[{"q":3}]}}'],
  ['{"a":[{"p":1},{"p":2}]}', ['a', '*', 'p'], '{"a":[{},{}]}'],
  ['{"a":1}', ['b'], '{"a":1}'],
  ['{"a":1}', ['a', 'b'], '{"a":1}'],
  ['{"a":1}', ['toString'], '{"a":1}'],
  ['{"a":1}', [], '{"a":1}'],
])('removes from %s what stands at %j', (text, path, expected) => {
  expect(changed(text, (value) => removeAt(value, path))).toBe(expected);
});
