import { expect, test } from 'vitest';
import { partsOf, withMembers } from '../../engine/text/json-parts.ts';

const parts = (text: string): (string | number)[][] =>
  partsOf(Buffer.from(text)).map(({ key, value }) => [key, value.toString()]);

test.each<[string, (string | number)[][]]>([
  ['{}', []],
  [' [ ] ', []],
  ['7', []],
  ['"{}"', []],
  ['null', []],
  [
    '{"a":1.10,"a":true}',
    [
      ['a', '1.10'],
      ['a', 'true'],
    ],
  ],
  [
    ' { "a" : [1,{"b":[]}] , "c\\u00e9\\"" : "x\\\\" } ',
    [
      ['a', '[1,{"b":[]}]'],
      ['cé"', '"x\\\\"'],
    ],
  ],
  [
    '[1 ,-2e9,"]",[[],[]],{"a":"}"},null]',
    [
      [0, '1'],
      [1, '-2e9'],
      [2, '"]"'],
      [3, '[[],[]]'],
      [4, '{"a":"}"}'],
      [5, 'null'],
    ],
  ],
])('%s has the parts %j', (text, expected) => {
  expect(parts(text)).toEqual(expected);
});

const changed = (text: string, members: Record<string, string>): string =>
  withMembers(Buffer.from(text), new Map(Object.entries(members))).toString();

test.each<[string, Record<string, string>, string]>([
  ['{}', { a: '1' }, '{"a":1}'],
  ['{ }', { a: '1', b: '[]' }, '{ "a":1,"b":[]}'],
  ['{"a":1.10}', { b: '2.20' }, '{"a":1.10,"b":2.20}'],
  ['{ "a" : 1.10 , "b":2}', { a: '"é"', c: 'null' }, '{ "a" : "é" , "b":2,"c":null}'],
  ['{"a":1,"b":2,"a":3}', { a: '0' }, '{"a":0,"b":2,"a":0}'],
  ['{"\\u0061":1,"a.b":{"a":2}}', { a: '0' }, '{"\\u0061":0,"a.b":{"a":2}}'],
  ['{"x":"}"} ', { 'q"': '1' }, '{"x":"}","q\\"":1} '],
  ['{"2":0,"1":0}', {}, '{"2":0,"1":0}'],
])('%s with the members %j is %s', (text, members, expected) => {
  expect(changed(text, members)).toBe(expected);
});
