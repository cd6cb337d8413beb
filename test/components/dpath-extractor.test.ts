// Paths with wildcards, and the keys and values they lead to.
import { expect, test } from 'vitest';
import { SystemError } from '../../engine/errors.ts';
import { chunks, make, rowTexts } from '../support/component.ts';

/** The records of a document that comes whole, which are those of one that comes byte by byte. */
async function extract(fields: string, text: string): Promise<string[]> {
  const extractor = make('extractor', `type: DpathExtractor\n${fields}`);
  const rows = await rowTexts(extractor.extract(chunks(text)));
  expect(await rowTexts(extractor.extract(chunks(...Array.from(text))))).toEqual(rows);
  return rows;
}

test.each([
  ['["*cards"]', '{"id":1,"dashcards":[{"n":1.10}]}', ['{"n":1.10}']],
  ['["*cards"]', '{"id":1,"ordered_cards":[{"n":1},{"n":2}]}', ['{"n":1}', '{"n":2}']],
  ['["*cards"]', '{"id":1}', []],
  ['["*cards"]', '{"cards":{"n":1}}', ['{"n":1}']],
  ['[data, "*cards"]', '{"data":{"cards":[]}}', []],
  ['["card?", item]', '{"cards":{"item":[{"n":1}]}}', ['{"n":1}']],
  ['["*cards", "*"]', '{"a_cards":[{"n":1}],"x":[{}],"b_cards":[{"n":2}]}', ['{"n":1}', '{"n":2}']],
  ['["*", "*cards", "*", card]', '[{"dashcards":[{"card":{"n":1}},{}]}]', ['{"n":1}']],
  ['["[ab]", "*"]', '{"a":{"x":{"n":1}},"c":{"x":{}}}', ['{"n":1}']],
  ['["**", record]', '{"x":[{"record":[{"n":1},{"n":2}]}]}', ['{"n":1}', '{"n":2}']],
  ['["**", record, "*"]', '{"record":[{"n":1}],"x":[{"record":{"k":{"n":2}}}]}', ['{"n":1}', '{"n":2}']],
])('the path %s in %s leads to the records %j', async (path, text, rows) => {
  expect(await extract(`field_path: ${path}`, text)).toEqual(rows);
});

test('records keep their bytes: digits, escapes, equal keys, order', async () => {
  const row = '{ "2":12345678901234567890,"1":"\\u00e9","1":1e400 }';
  expect(await extract('field_path: [data, "*", "*"]', `{"data":{"x":[${row}\n]}}`)).toEqual([row]);
});

test('line breaks inside records go', async () => {
  expect(await extract('field_path: ["*"]', '{"a":\n{"n":\r\n1}}')).toEqual(['{"n":1}']);
});

test.each([
  [
    'field_path: [groups, "*", "*"]\nkey_fields: [group_id, collection_id]\nvalue_field: permission',
    '{"revision":3,"groups":{"1":{"root":"read","7":"write"},"2":{}}}',
    [
      '{"group_id":"1","collection_id":"root","permission":"read"}',
      '{"group_id":"1","collection_id":"7","permission":"write"}',
    ],
  ],
  ['field_path: [g, "*"]\nkey_fields: [id]', '{"g":{"1":{"b":1.10},"2":{}}}', ['{"b":1.10,"id":"1"}', '{"id":"2"}']],
  ['field_path: [g, "*"]\nkey_fields: [id]', '{"g":{"1":{"id":0,"b":1}}}', ['{"id":"1","b":1}']],
  ['field_path: [g, "*", "*"]\nkey_fields: [id]', '{"g":{"1":[{"b":1}]}}', ['{"b":1,"id":"1"}']],
  ['field_path: [g, "*", "*"]\nkey_fields: [id, n]', '{"g":{"1":[{},{}]}}', ['{"id":"1","n":0}', '{"id":"1","n":1}']],
  ['field_path: ["*"]\nkey_fields: [n]', '[{"b":1},{"b":2}]', ['{"b":1,"n":0}', '{"b":2,"n":1}']],
  ['field_path: ["*cards"]\nkey_fields: [name]', '{"dashcards":[{"b":1}]}', ['{"b":1,"name":"dashcards"}']],
  ['field_path: ["*"]\nvalue_field: v', '{"a":null,"b":[1.10],"c":"é"}', ['{"v":null}', '{"v":[1.10]}', '{"v":"é"}']],
  ['field_path: [names]\nvalue_field: name', '{"names":["a",2,{}]}', ['{"name":"a"}', '{"name":2}', '{"name":{}}']],
])('%s in %s gives the records %j', async (fields, text, rows) => {
  expect(await extract(fields, text)).toEqual(rows);
});

test.each([
  'field_path: [data, "*"]\nexpect: object',
  'field_path: [data, "*", "*"]',
  'field_path: [data, "*", name]',
  'field_path: ["d*", "*", name]\nexpect: object',
])('with %s and required, an empty map has no records and is no error', async (fields) => {
  expect(await extract(`${fields}\nrequired: true`, '{"data":{}}')).toEqual([]);
});

test.each([
  ['[data, "*"]', '{"error":"x"}', 'there is nothing at "data"'],
  ['[data, "*"]', '{"data":null}', 'what stands at "data" is no record'],
  ['["*cards"]', '{"error":"x"}', 'there is nothing at "*cards"'],
  ['["*cards", "*"]', '{}', 'there is nothing at "*cards"'],
  ['["*cards", "*"]', '{"cards":null}', 'what stands at "*cards" is no record'],
  ['[data, "*", record]', '{"data":[{"x":{}}]}', 'there is nothing at "data.*.record"'],
  ['[data, "*", "*"]', '{"data":{"a":"no"}}', 'the path goes on below "no", which is no list and no object'],
])('with the path %s and required, the document %s is an error: %s', async (path, text, message) => {
  await expect(extract(`field_path: ${path}\nrequired: true`, text)).rejects.toThrow(new SyntaxError(message));
});

test('without required they have no records', async () => {
  expect(await extract('field_path: [data, "*"]', '{"error":"x"}')).toEqual([]);
  expect(await extract('field_path: [data, "*", record]', '{"data":[{"x":{}},"y"]}')).toEqual([]);
});

test.each([
  ['[data, "*"]', 'list', '{"data":{"a":{}}}', 'there is one object at "data", where the manifest expects a list'],
  ['[data, "*"]', 'object', '{"data":[{}]}', 'there is one list at "data", where the manifest expects one object'],
  ['["*cards"]', 'list', '{"cards":{"n":1}}', 'there is one object at "*cards", where the manifest expects a list'],
  ['["*"]', 'list', '{"error":"x"}', 'there is one object at the top of the reply, where the manifest expects a list'],
])('with the path %s and expect: %s the document %s is an error: %s', async (path, kind, text, message) => {
  await expect(extract(`field_path: ${path}\nexpect: ${kind}`, text)).rejects.toThrow(new SyntaxError(message));
});

test.each([
  ['["*"]', '{"a":{"n":1},"b":"x"}', 'a record is not an object: "x"'],
  ['["*cards"]', '{"cards":"x"}', 'what stands at "*cards" is no record'],
  ['["*cards"]', '{"cards":[7]}', 'a record is not an object: 7'],
  ['["*cards"]', '{"a_cards":[],"b_cards":[]}', 'there is more than one thing at "*cards"'],
])('the path %s in %s is an error: %s', async (path, text, message) => {
  await expect(extract(`field_path: ${path}`, text)).rejects.toThrow(new SyntaxError(message));
});

test('more names for keys than wildcards are refused when the extractor is built', () => {
  expect(() => make('extractor', 'type: DpathExtractor\nfield_path: [a, "*"]\nkey_fields: [x, y]')).toThrow(
    new SystemError(
      'DpathExtractor: key_fields has 2 names, but field_path has wildcards in 1 segments. Name at most one for each.',
    ),
  );
});
