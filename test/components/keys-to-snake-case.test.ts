// KeysToSnakeCase, built from YAML as users write it.
import { expect, test } from 'vitest';
import { SystemError } from '../../engine/errors.ts';
import { parseJson, stringifyJson, type JsonObject } from '../../engine/text/json.ts';
import { make } from '../support/component.ts';

function renamed(text: string): string {
  const record = parseJson(text) as JsonObject;
  make('transformation', 'type: KeysToSnakeCase').transform(record, {});
  return stringifyJson(record);
}

test.each([
  ['User ID', 'user_id'],
  ['cardID', 'card_id'],
  ['CardId', 'card_id'],
  ['user_id', 'user_id'],
  ['Embedding SDK Package Version', 'embedding_sdk_package_version'],
  ['Created At: Month', 'created_at_month'],
  ['a1b2', 'a_1_b_2'],
  ['123abc', '_123_abc'],
  ['_a', '_a'],
  [' a b ', '_a_b_'],
  ['a--b', 'a_b'],
  ['Straße', 'strasse'],
  ['Œuvre', 'oeuvre'],
  ['é È', 'e_e'],
  ['+', ''],
])('"%s" becomes "%s", as in the reference engine', (name, snake) => {
  expect(renamed(`{"${name}":1}`)).toBe(`{"${snake}":1}`);
});

test('letters of other scripts stay', () => {
  expect(renamed('{"名前 ID":1}')).toBe('{"名前_id":1}');
});

test('values, their digits and their order stay; objects inside get names too, lists do not', () => {
  expect(renamed('{"B Z":9007199254740993,"A":{"In Side":1.10},"L":[{"Not This":1}],"__proto__":null}')).toBe(
    '{"b_z":9007199254740993,"a":{"in_side":1.10},"l":[{"Not This":1}],"_proto_":null}',
  );
});

test('two names that would become one are an error, for a value would be lost', () => {
  expect(() => renamed('{"User ID":1,"user_id":2}')).toThrow(
    new SystemError('The fields "User ID" and "user_id" would both become "user_id". Rename or remove one first.'),
  );
});
