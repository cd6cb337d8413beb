// A record can be looked into and changed like a parsed one, and keeps the bytes of what is not changed.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { removeAt, setAt } from '../../engine/text/json-edit.ts';
import { editableRecord } from '../../engine/text/json-record.ts';
import { type JsonObject, parseJson } from '../../engine/text/json.ts';

const record = (text: string) => editableRecord(Buffer.from(text));

function edit(text: string, change: (value: JsonObject) => void): string {
  const edited = record(text);
  change(edited.value);
  return Buffer.from(edited.bytes()).toString();
}

const ODD = '{ "b":1.10, "10":12345678901234567890, "\\u00e9":"é\\n\\"}", "a":{"x":[1,{"y":"]}"}]} ,"":null}';

test('what is only looked at keeps its bytes', () => {
  const seen = edit(ODD, (value) => {
    expect(Object.keys(value)).toEqual(['b', '10', 'é', 'a', '']);
    expect([value['é'], value['a'], value[''], value['none']]).toEqual([
      'é\n"}',
      { x: [1, { y: ']}' }] },
      null,
      undefined,
    ]);
    expect(['b' in value, 'none' in value, Object.hasOwn(value, 'a')]).toEqual([true, false, true]);
  });
  expect(seen).toBe(ODD);
});

test('a field that is added comes last, and the others keep their bytes', () => {
  expect(edit(ODD, (value) => setAt(value, ['new'], 1))).toBe(
    '{"b":1.10, "10":12345678901234567890, "\\u00e9":"é\\n\\"}", "a":{"x":[1,{"y":"]}"}]} ,"":null,"new":1}'.replace(
      ' ,"":',
      ' ,"":',
    ),
  );
});

test.each<[string, (value: JsonObject) => unknown, string]>([
  ['{}', (value) => setAt(value, ['a'], [1]), '{"a":[1]}'],
  ['{"a":1.0}', (value) => setAt(value, ['b'], null), '{"a":1.0,"b":null}'],
  ['{"a":1.0,"b":2.0}', (value) => setAt(value, ['a'], 'x'), '{"a":"x","b":2.0}'],
  ['{"a":1.0,"b":2.0}', (value) => removeAt(value, ['a']), '{"b":2.0}'],
  ['{"a":1.0,"b":2.0}', (value) => removeAt(value, ['b']), '{"a":1.0}'],
  ['{"a":1}', (value) => removeAt(value, ['a']), '{}'],
  ['{"a":1,"b":2,"c":3}', (value) => removeAt(value, ['b']), '{"a":1,"c":3}'],
  ['{"a":{"b":1.0,"c":1e5}}', (value) => removeAt(value, ['a', 'b']), '{"a":{"c":1e5}}'],
  ['{"a":{ "b":1 }}', (value) => removeAt(value, ['a', 'none']), '{"a":{ "b":1 }}'],
  ['{"a":{ "b":1 }}', (value) => removeAt(value, ['none', 'b']), '{"a":{ "b":1 }}'],
  ['{"a":[{"b":1},{"b":2}]}', (value) => removeAt(value, ['a', '*', 'b']), '{"a":[{},{}]}'],
  ['{"a":{"b":1},"b":2,"c":1.0}', (value) => removeAt(value, ['**', 'b']), '{"a":{},"c":1.0}'],
  ['{"a":{"b":1.0}}', (value) => setAt(value, ['a', 'c', 'd'], 2), '{"a":{"b":1.0,"c":{"d":2}}}'],
  ['{"a":1,"b":2,"a":3}', (value) => setAt(value, ['c'], 4), '{"a":1,"b":2,"a":3,"c":4}'],
  ['{"a":1,"b":2,"a":3}', (value) => setAt(value, ['a'], 4), '{"b":2,"a":4}'],
  ['{"a":1,"b":2,"a":3}', (value) => removeAt(value, ['a']), '{"b":2}'],
  ['{"__proto__":1}', (value) => setAt(value, ['constructor'], 2), '{"__proto__":1,"constructor":2}'],
])('%s changes in one place: %s', (text, change, expected) => {
  expect(edit(text, change)).toBe(expected);
});

test('a field that is removed and set again comes last', () => {
  const change = (value: JsonObject): void => {
    removeAt(value, ['a']);
    setAt(value, ['a'], 3);
  };
  expect(edit('{"a":1,"b":2}', change)).toBe('{"b":2,"a":3}');
});

test.each([70_000, 2_000_000])('a record of %d bytes can be changed too', (length) => {
  const long = `{"id":1,"text":"${'x'.repeat(length)}"}`;
  expect(edit(long, (value) => setAt(value, ['id'], 2))).toBe(long.replace('1', '2'));
});

test('a record with thousands of fields can be changed too', () => {
  const text = `{${Array.from({ length: 5000 }, (_, index) => `"f${index}":${index}`).join(',')}}`;
  expect(edit(text, (value) => setAt(value, ['f4999'], 0))).toBe(text.replace(':4999', ':0'));
});

const key = fc.oneof(
  fc.constantFrom('a', 'b', '1', '', '__proto__', 'é"\\\n'),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const path = fc.array(key, { minLength: 1, maxLength: 3 });
const change = fc.oneof(
  fc.tuple(fc.constant('set' as const), path, fc.jsonValue()),
  fc.tuple(
    fc.constant('remove' as const),
    fc.array(fc.oneof(key, fc.constantFrom('*', '**')), { minLength: 1, maxLength: 3 }),
  ),
);

test('changes make the same of it as of the parsed record, however it is written', () => {
  const object = fc.dictionary(key, fc.jsonValue({ maxDepth: 3 }), { noNullPrototype: true });
  fc.assert(
    fc.property(object, fc.nat(3), fc.array(change, { maxLength: 4 }), (value, spaces, changes) => {
      // Line breaks are gone from a row.
      const text = JSON.stringify(value, null, spaces).replaceAll('\n', '');
      const plain = parseJson(text) as JsonObject;
      const lazy = record(text);
      for (const [what, where, next] of changes) {
        for (const target of [plain, lazy.value]) {
          if (what === 'set') setAt(target, where, structuredClone(next));
          else removeAt(target, where);
        }
        expect(JSON.parse(Buffer.from(lazy.bytes()).toString())).toEqual(JSON.parse(JSON.stringify(plain)));
      }
      expect({ ...lazy.value }).toEqual(plain);
    }),
    { numRuns: 1000 },
  );
});
