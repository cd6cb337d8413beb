// From a document to records: extract, filter, transform.
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SystemError } from '../../engine/errors.ts';
import { parseJson, stringifyJson, type JsonObject } from '../../engine/text/json.ts';
import { rowOf } from '../../engine/text/row.ts';
import { build, chunks, fakeSend, make, reply, rowTexts } from '../support/component.ts';

const extract = (fields: string, ...texts: string[]): Promise<string[]> =>
  rowTexts(make('extractor', `type: DpathExtractor\n${fields}`).extract(chunks(...texts)));

test.each([
  ['field_path: []', '[{"a":1},{"a":1.10}]', ['{"a":1}', '{"a":1.10}']],
  ['field_path: []', '{"a":1}', ['{"a":1}']],
  ['field_path: []', '[]', []],
  ['field_path: [data]', '{"data":[{"a":1}],"x":[{"b":2}]}', ['{"a":1}']],
  ['field_path: [data]', '{"data":{"a":1}}', ['{"a":1}']],
  ['field_path: [a, b]', '{"a":{"b":[{"c":1}]}}', ['{"c":1}']],
  ['field_path: ["a/b", "$.x"]', '{"a/b":{"$.x":[{"c":1}]}}', ['{"c":1}']],
  ['field_path: [data]', '{"other":1}', []],
  ['field_path: [data]', '{"data":null}', []],
  ['field_path: [data]', '{"data":""}', []],
  ['field_path: [data, "*"]', '{"data":[{"a":1},{"a":2}]}', ['{"a":1}', '{"a":2}']],
  ['field_path: ["*", record]', '{"x":{"record":{"a":1.10}},"y":{"record":{"a":2}}}', ['{"a":1.10}', '{"a":2}']],
  ['field_path: ["**", record]', '{"x":[{"record":{"a":1}}]}', ['{"a":1}']],
  ['field_path: [data, "*"]', '{"data":[]}', []],
  ['field_path: [data]\nrequired: true\nexpect: list', '{"data":[]}', []],
])('the path %s in %s leads to the records %j', async (fields, text, rows) => {
  expect(await extract(fields, text)).toEqual(rows);
});

test('the path can come from the config', async () => {
  const { extract: take } = make('extractor', 'type: DpathExtractor\nfield_path: ["{{ config.key }}"]', {
    key: 'data',
  });
  expect(await rowTexts(take(chunks('{"da', 'ta":[{}', ']}')))).toEqual(['{}']);
});

test.each([
  ['field_path: [data]\nrequired: true', '{"error":"x"}', 'there is nothing at "data"'],
  ['field_path: [data, "*"]\nrequired: true', '{"error":"x"}', 'there is nothing at "data"'],
  ['field_path: [data]\nrequired: true', '{"data":null}', 'what stands at "data" is no record'],
  [
    'field_path: []\nexpect: list',
    '{"error":"x"}',
    'there is one object at the top of the reply, where the manifest expects a list',
  ],
  [
    'field_path: []\nexpect: object',
    '[{"a":1}]',
    'there is one list at the top of the reply, where the manifest expects one object',
  ],
  ['field_path: []\nexpect: list', 'null', 'what stands at the top of the reply is no record'],
])('with %s the document %s is an error: %s', async (fields, text, message) => {
  await expect(extract(fields, text)).rejects.toThrow(new SyntaxError(message));
});

test('nothing comes out of one object before it is known not to be what is expected', async () => {
  const iterator = make('extractor', 'type: DpathExtractor\nfield_path: []\nexpect: list').extract(
    chunks('{"error":"x"}'),
  );
  await expect(iterator[Symbol.asyncIterator]().next()).rejects.toThrow(SyntaxError);
});

test.each([
  '',
  '<html>',
  'Unauthenticated',
  '"Unauthenticated"',
  'true',
  '7',
  '[1]',
  '["x"]',
  '[{"a":1}',
  '[{"a":1},]',
  '{"a":01}',
  '[{a:1}]',
])('the document %j is an error, never no records', async (text) => {
  await expect(extract('field_path: []', text)).rejects.toThrow(SyntaxError);
});

test.each(['', '<html>', 'Unauthenticated', '{"data":[{"a":1}]', '{"data":[{"a":1}]} x'])(
  'the document %j is an error also where a path is looked for',
  async (text) => {
    await expect(extract('field_path: [data]', text)).rejects.toThrow(SyntaxError);
    await expect(extract('field_path: [data, "*"]', text)).rejects.toThrow(SyntaxError);
  },
);

/** The records of a stream whose retriever gets this reply. */
async function records(
  text: string,
  selector: string,
  transformations = '[]',
  partition: JsonObject = {},
): Promise<string[]> {
  const yaml = `type: DeclarativeStream\nname: things\ntransformations: ${transformations}\nretriever:\n  requester: { url: https://example.com/a }\n  record_selector: ${selector}`;
  const { send } = fakeSend({ 'GET /a': () => reply(200, text, { 'content-type': 'text/html' }) });
  const { retriever } = build('stream', yaml, { send, config: { word: 'yes', empty: '' } }).component;
  return rowTexts(await retriever.retrieve({ values: partition, extraFields: { name: 'parent' } }));
}
const TOP = '{ extractor: { field_path: [] } }';

test('records that nothing touches keep their bytes', async () => {
  const row = '{ "b":1.10,"a":"\\u00e9","a":12345678901234567890 }';
  expect(await records(`[${row}]`, TOP)).toEqual([row]);
});

test('a filter leaves records out and keeps the bytes of the others', async () => {
  const filter =
    '{ extractor: { field_path: [] }, record_filter: { condition: "{{ record.n > stream_partition.least }}" } }';
  expect(await records('[{"n":1},{"n":2.50}]', filter, '[]', { least: 1 })).toEqual(['{"n":2.50}']);
});

test.each([
  ["{{ record['a'] }}", [true, false, false]],
  ["{{ record.get('b') is none }}", [true, true, true]],
  ["{{ 'a' in record }}", [true, true, false]],
  ['{{ config.word }}', [true, true, true]],
  ['{{ config.empty }}', [false, false, false]],
])('the condition %s keeps %j', (condition, kept) => {
  const { keeps } = make('filter', `type: RecordFilter\ncondition: "${condition}"`, { word: 'yes', empty: '' });
  expect([{ a: 1 }, { a: 0 }, {}].map((record) => keeps({ record }))).toEqual(kept);
});

test('without a condition nothing is kept, as in the reference engine', () => {
  expect(make('filter', 'type: RecordFilter').keeps({ record: {} })).toBe(false);
});

test('the filter sees the record before its transformations, or after if the manifest says so', async () => {
  const add = '[{ type: AddFields, fields: [{ path: [x], value: "{{ record.n * 2 }}" }] }]';
  const selector = (more: string): string =>
    `{ extractor: { field_path: [] }, record_filter: { condition: "{{ record.x is defined }}" }${more} }`;
  expect(await records('[{"n":1}]', selector(''), add)).toEqual([]);
  expect(await records('[{"n":1}]', selector(', transform_before_filtering: true'), add)).toEqual(['{"n":1,"x":2}']);
});

test('transformations run in their order and keep digits', async () => {
  const steps =
    '[{ type: AddFields, fields: [{ path: [b, c], value: "{{ record.a }}" }] }, { type: RemoveFields, field_pointers: [[a]] }]';
  expect(await records('[{"a":1.10,"z":[1e2]}]', TOP, steps)).toEqual(['{"z":[1e2],"b":{"c":1.10}}']);
});

const ROW = '{ "2":1e400,"1":"\\u00e9" , "a":12345678901234567890,"1":{"b":1.10} }';
const add = (path: string, value: string): string =>
  `{ type: AddFields, fields: [{ path: ${path}, value: "${value}" }] }`;
const remove = (pointer: string): string => `{ type: RemoveFields, field_pointers: [${pointer}] }`;

test.each([
  [
    add('[x]', '{{ record.a }}'),
    '{"2":1e400,"1":"\\u00e9" , "a":12345678901234567890,"1":{"b":1.10},"x":12345678901234567890}',
  ],
  [add('[x, y]', '{{ none }}'), '{"2":1e400,"1":"\\u00e9" , "a":12345678901234567890,"1":{"b":1.10},"x":{"y":null}}'],
  [add('[a]', 'new'), '{"2":1e400,"1":"\\u00e9","a":"new","1":{"b":1.10}}'],
  [remove('[a]'), '{"2":1e400,"1":"\\u00e9","1":{"b":1.10}}'],
  [remove('[nothing], [a, b], ["*", c]'), ROW],
  [remove('["*", b]'), '{"2":1e400,"a":12345678901234567890,"1":{}}'],
  [`${remove('[a]')}, ${add('[a]', 'back')}, ${remove('[a]')}`, '{"2":1e400,"1":"\\u00e9","1":{"b":1.10}}'],
  [`${add('[x]', '1')}, ${remove('[x]')}`, ROW],
  [`{ type: AddFields, condition: "{{ false }}", fields: [{ path: [a], value: "1" }] }`, ROW],
])('after %s the record has its other bytes: %s', async (transformations, expected) => {
  expect(await records(`[${ROW}]`, TOP, `[${transformations}]`)).toEqual([expected]);
});

test('the filter sees what was added, and the record keeps its other bytes', async () => {
  const selector =
    '{ extractor: { field_path: [] }, transform_before_filtering: true, record_filter: { condition: "{{ record.x == 2 }}" } }';
  const rows = await records('[{"n":1.0},{"n":2.0}]', selector, `[${add('[x]', '{{ record.n | int }}')}]`);
  expect(rows).toEqual(['{"n":2.0,"x":2}']);
});

test('a reply that is not what the manifest expects is an error that shows it', async () => {
  await expect(records('<html>no</html>', '{ extractor: { field_path: [], expect: list } }')).rejects.toThrow(
    SystemError,
  );
  await expect(records('{"error":"no"}', '{ extractor: { field_path: [], expect: list } }')).rejects.toThrow(
    'things: the reply to GET https://example.com/api/things is not what the manifest expects: there is one object at the top of the reply, ' +
      'where the manifest expects a list. Its status is 200, its content type text/html, and it starts with "{\\"error\\":\\"no\\"}". ' +
      'Check that the URL is right and that no proxy or login page answers in place of the server.',
  );
});

/** What a transformation makes of a record. */
function transformed(yaml: string, text: string, variables: JsonObject = {}, config: JsonObject = {}): string {
  const record = parseJson(text) as JsonObject;
  make('transformation', yaml, config).transform(record, { ...variables, record });
  return stringifyJson(record);
}
const added = (field: string, more = ''): string => `type: AddFields\nfields: [{ path: [x], ${field} }]\n${more}`;

test.each([
  ['value: "{{ record.a }}"', '{"a":[1.10]}', '[1.10]'],
  ['value: "{{ record.missing }}"', '{}', 'null'],
  ['value: "{{ stream_partition.id }}"', '{}', '7'],
  ["value: \"{{ stream_slice['extra_fields']['n'] }}\"", '{}', '"e"'],
  ['value: "{{ config.n }}"', '{}', '"007"'],
  ['value: "5"', '{}', '"5"'],
  ['value: "{{ record.a }}", value_type: string', '{"a":1.10}', '"1.10"'],
  ['value: "{{ record.a }}", value_type: integer', '{"a":"5"}', '5'],
  ['value: "{{ record.a }}", value_type: number', '{"a":"1.5"}', '1.5'],
  ['value: "{{ record.a }}", value_type: number', '{"a":12345678901234567890}', '12345678901234567890'],
  ['value: "{{ record.a }}", value_type: boolean', '{"a":[]}', 'false'],
  ['value: "{{ record.a }}", value_type: boolean', '{"a":"yes"}', 'true'],
  ['value: "False", value_type: boolean', '{}', 'false'],
])('an added field with %s is of %s the value %s', (field, text, value) => {
  const slice = { id: 7, extra_fields: { n: 'e' } };
  const record = transformed(added(field), text, { stream_slice: slice, stream_partition: slice }, { n: '007' });
  expect(record.endsWith(`"x":${value}}`), record).toBe(true);
});

test.each(['abc', '', '1.5'])('a value of %j that is no whole number is an error where one is asked for', (value) => {
  expect(() => transformed(added(`value: "${value}", value_type: integer`), '{}')).toThrow(SystemError);
});

test('a field is added only when the condition holds, which knows value and path', () => {
  const yaml = added(
    'value: "{{ record.a }}"',
    'condition: "{{ value > 1 and path[0] == \'x\' and record.a is defined }}"',
  );
  expect(transformed(yaml, '{"a":1}')).toBe('{"a":1}');
  expect(transformed(yaml, '{"a":2}')).toBe('{"a":2,"x":2}');
});

const query = "(record.get('query') or {})";
test.each([
  [`${query}.get('stages', []) | selectattr('native', 'defined') | map(attribute='native') | first`, '"select 2"'],
  [`(${query}.get('native') or {}).get('text')`, '"select 1"'],
  [`${query}.get('native', {}).text`, '"select 1"'],
  ['record.query.text if record.query and record.query.text is defined else none', 'null'],
])('parts that may be missing can be asked for: {{ %s }}', (expression, found) => {
  const values = [
    '{}',
    '{"query":null}',
    '{"query":{}}',
    '{"query":{"native":{}}}',
    '{"query":{"stages":[]}}',
    '{"query":{"stages":[{"table":1}]}}',
    '{"query":{"native":{"text":"select 1"},"stages":[{"table":1},{"native":"select 2"}]}}',
  ].map((text) => /"x":(.*)\}$/.exec(transformed(added(`value: "{{ ${expression} }}"`), text))?.[1]);
  expect(values).toEqual([...Array<string>(6).fill('null'), found]);
});

test('a later field sees the earlier ones', () => {
  const yaml =
    'type: AddFields\nfields: [{ path: [b], value: "{{ record.a }}" }, { path: [c], value: "{{ record.b }}" }]';
  expect(transformed(yaml, '{"a":1}')).toBe('{"a":1,"b":1,"c":1}');
});

test('fields are removed by their paths, where a condition about their value holds', () => {
  const yaml = 'type: RemoveFields\nfield_pointers: [[a], [b, "*", c], [nothing, there]]\n';
  expect(transformed(yaml, '{"a":1,"b":[{"c":1,"d":2}],"e":1.10}')).toBe('{"b":[{"d":2}],"e":1.10}');
  const conditional = 'type: RemoveFields\nfield_pointers: [[a], [b]]\ncondition: "{{ property == \'\' }}"';
  expect(transformed(conditional, '{"a":"","b":"x"}')).toBe('{"b":"x"}');
});

test('decoding JSON passes the body on as it is', async () => {
  const parts: Uint8Array[] = [];
  for await (const part of make('decoder', 'type: JsonDecoder').decode(reply(200, '[1]'))) parts.push(part);
  expect(Buffer.concat(parts).toString()).toBe('[1]');
});

/** The records that a selector makes of a document which comes in chunks cut at these places. */
async function selected(selector: string, bytes: Buffer, cuts: readonly number[]): Promise<string[]> {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  const pieces = places.map((place, index) => bytes.subarray(place, places[index + 1] ?? place));
  const rows: string[] = [];
  for await (const row of make('selector', `type: RecordSelector\n${selector}`).select(Readable.from(pieces), {
    values: {},
    extraFields: {},
  })) {
    rows.push(Buffer.from(row.bytes).toString());
  }
  return rows;
}

test('records are the same whether they pass as bytes, are looked into, or are cut out of a parsed document', async () => {
  const plain = 'extractor: { field_path: [data] }';
  const looked = `${plain}\nrecord_filter: { condition: "{{ record is mapping }}" }`;
  const cutOut = 'extractor: { field_path: [data, "*"] }';
  /** JSON whose characters beyond ASCII are escaped, or are not. */
  const written = (value: unknown, isEscaped: boolean): string => {
    const text = JSON.stringify(value);
    return isEscaped
      ? text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      : text;
  };
  const record = fc.dictionary(
    fc.string({ unit: 'grapheme', maxLength: 3 }),
    fc.jsonValue({ stringUnit: 'grapheme' }),
    {
      noNullPrototype: true,
    },
  );
  const cuts = fc.array(fc.nat(), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(fc.array(record, { maxLength: 4 }), cuts, fc.boolean(), async (data, places, isEscaped) => {
      const bytes = Buffer.from(written({ total: 1, data }, isEscaped));
      const rows = await selected(plain, bytes, places);
      expect(rows).toEqual(data.map((value) => written(value, isEscaped)));
      expect(await selected(looked, bytes, places)).toEqual(rows);
      expect(await selected(cutOut, bytes, places)).toEqual(rows);
      expect(rows.map((row) => JSON.parse(row) as unknown)).toEqual(
        (JSON.parse(bytes.toString()) as { data: unknown }).data,
      );
    }),
    { numRuns: 150 },
  );
});

test('a record of 50 MB comes out whole, with a field added to it too', { timeout: 60_000 }, async () => {
  const text = `[{"id":12345678901234567890,"text":"${'ö'.repeat(25_000_000)}"}]`;
  const bytes = Buffer.from(text);
  const cuts = Array.from({ length: 800 }, (_, index) => index * 65_536);
  const extractor = 'extractor: { field_path: [] }';
  expect((await selected(extractor, bytes, cuts))[0] === text.slice(1, -1)).toBe(true);
  const adds = 'type: AddFields\nfields: [{ path: [x], value: "{{ record.id }}" }]';
  const { transform } = make('transformation', adds);
  const row = rowOf(bytes.subarray(1, -1));
  transform(row.value(), { record: row.value() });
  expect(Buffer.from(row.bytes).toString() === `${text.slice(1, -2)},"x":12345678901234567890}`).toBe(true);
});
