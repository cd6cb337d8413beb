// Odd values into each target and back: what a type cannot hold widens its column, and nothing becomes null.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnTypes } from '../../engine/sync/column-types.ts';
import { columnsOf } from '../../engine/sync/columns.ts';
import { type TargetName, targets } from '../../engine/sync/targets.ts';
import type { JsonObject } from '../../engine/text/json.ts';
import { linesOf, open, recordOf, recordOfRow, temporaryFolder } from './targets.ts';

const schema: JsonObject = {
  properties: {
    id: { type: ['null', 'integer'] },
    amount: { type: ['null', 'number'] },
    is_open: { type: 'boolean' },
    'a "name"': { type: ['null', 'string'] },
    day: { type: ['null', 'string'], format: 'date' },
    parts: { type: ['null', 'array'] },
    anything: {},
  },
};

/** Writes records into a stream `odd` of a target. Returns where it is, and the warnings. */
async function write(target: TargetName, records: readonly string[], declared = schema) {
  const folder = temporaryFolder();
  const path = target === 'duckdb' ? join(folder, 'odd.duckdb') : folder;
  const warnings: string[] = [];
  const opened = await targets[target](path);
  const table = await opened.open('odd', declared, (text) => void warnings.push(text));
  for (const record of records) await table.write(Buffer.from(record));
  await table.commit();
  await opened.close();
  return { path, warnings };
}

/** The JSON texts of one target's column, with its type. */
async function column(name: string, texts: readonly string[], declared = schema) {
  const records = texts.map((text) => `{${JSON.stringify(name)}:${text}}`);
  const { path, warnings } = await write('duckdb', records, declared);
  const { query } = await open('duckdb', path);
  const { types, rows } = await query(`SELECT "${name.replaceAll('"', '""')}" AS value FROM odd`);
  return { type: types['value'], values: rows.map(({ value }) => value), warnings };
}

// Texts of JSON, for values do not say how they are written.
const number = fc.oneof(
  fc.bigInt({ min: -(10n ** 21n), max: 10n ** 21n }).map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc.constantFrom('1.10', '1e2', '-0', '0.12345678901234567891', '1E400', '9223372036854775807', '9223372036854775808'),
);
const text = fc.oneof(
  fc.string({ unit: 'binary' }).map((value) => JSON.stringify(value.replaceAll('\0', ''))),
  fc.constantFrom('""', '"null"', '"\\u00e9\\/"', '" ,\\"\\r\\n"', '"2024-02-29"', '"2023-02-29"'),
);
const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('null', 'true', 'false'),
    number,
    text,
    fc.array(tie('json'), { maxLength: 3 }).map((items) => `[${items.join(' ,')}]`),
    fc
      .uniqueArray(fc.tuple(text, tie('json')), { selector: ([key]) => JSON.parse(key) as string, maxLength: 3 })
      .map((members) => `{${members.map(([key, value]) => `${key} : ${value}`).join(',')}}`),
  ),
}));
const member = (key: string, usual: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .oneof({ weight: 8, arbitrary: usual }, { weight: 1, arbitrary: json })
    .map((value) => `${JSON.stringify(key)}: ${value}`);
const texts = { 'a "name"': text, day: fc.constantFrom('"2024-02-29"', '"1969-12-31"') };
const others = {
  id: fc.integer().map(String),
  amount: number,
  is_open: fc.constantFrom('true', 'false'),
  parts: json,
  anything: json,
  'not declared': json,
  ünïcode: json,
};
const membersOf = (usual: Record<string, fc.Arbitrary<string>>): fc.Arbitrary<string>[] =>
  Object.entries(usual).map(([key, value]) => member(key, value));
/** In a column of texts CSV does not tell a text from JSON that looks the same: there it gets texts only. */
const textsOnly = Object.entries(texts).map(([key, value]) => value.map((one) => `${JSON.stringify(key)}:${one}`));

const recordFor = (target: TargetName): fc.Arbitrary<string> =>
  fc
    .tuple(
      ...[...membersOf(others), ...(target === 'csv' ? textsOnly : membersOf(texts))].map((one) =>
        fc.option(one, { nil: undefined }),
      ),
    )
    .map((all) => `{${all.filter((one) => one !== undefined).join(', ')}}`);

test.each(['jsonl', 'csv', 'parquet', 'duckdb'] as const)('%s gives back whatever a record holds', async (target) => {
  await fc.assert(
    fc.asyncProperty(fc.array(recordFor(target), { maxLength: 20 }), async (records) => {
      const { path, warnings } = await write(target, records);
      if (target === 'jsonl') {
        expect(linesOf(path, 'odd')).toEqual(records);
        return;
      }
      const reader = await open(target, path);
      const { types, rows } = await reader.stream('odd');
      // In Parquet, JSON is text.
      for (const warning of warnings) types[/^the column "(.*)" holds/.exec(warning)?.[1] ?? ''] = 'JSON';
      expect(rows.map((row) => recordOfRow(target, row, types, schema))).toEqual(records.map(recordOf));
    }),
    { numRuns: target === 'jsonl' ? 20 : 8 },
  );
});

test('a long integer and a long decimal keep their digits: their columns become JSON, the values before them too', async () => {
  expect(await column('id', ['1', '9223372036854775807', 'null', '9223372036854775808', '4'])).toEqual({
    type: 'JSON',
    values: ['1', '9223372036854775807', null, '9223372036854775808', '4'],
    warnings: ['the column "id" holds values that are no BIGINT; it has become JSON.'],
  });
  expect(await column('amount', ['1.10', '0.12345678901234567891'])).toMatchObject({
    type: 'JSON',
    values: ['1.1', '0.12345678901234567891'],
  });
});

test('a value of another type than declared is kept, and told', async () => {
  const { type, values, warnings } = await column('is_open', ['true', '"yes"', '{"a":1.0}']);
  expect([type, values]).toEqual(['JSON', ['true', '"yes"', '{"a":1.0}']]);
  expect(warnings).toHaveLength(1);
  const csv = await write('csv', ['{"is_open":true}', '{"is_open":"yes"}', '{"is_open":"no"}']);
  expect(readFileSync(join(csv.path, 'odd.csv'), 'utf8').split('\r\n')[2]).toBe(',,"""yes""",,,,,');
  expect(csv.warnings).toEqual([
    'the column "is_open" holds values of another type than is declared; they stand there as JSON.',
  ]);
});

test('moments have microseconds; one that a type cannot hold makes its column JSON, with moments as ISO 8601', async () => {
  const moments = (format: JsonObject): JsonObject => ({ properties: { at: { type: 'string', ...format } } });
  const zoned = moments({ format: 'date-time' });
  const texts = ['"2024-02-29T12:00:00.123456+02:00"', '"1969-12-31T23:59:59Z"'];
  expect(await column('at', texts, zoned)).toMatchObject({
    type: 'TIMESTAMP WITH TIME ZONE',
    values: [{ micros: 1709200800123456n }, { micros: -1000000n }],
  });
  expect(await column('at', [...texts, '"yesterday"'], zoned)).toMatchObject({
    type: 'JSON',
    values: ['"2024-02-29T10:00:00.123456Z"', '"1969-12-31T23:59:59.000000Z"', '"yesterday"'],
  });
  const local = moments({ format: 'date-time', airbyte_type: 'timestamp_without_timezone' });
  expect(await column('at', ['"2024-02-29 12:00"', '"2024-02-29T12:00:00.5"'], local)).toMatchObject({
    type: 'TIMESTAMP',
    values: [{ micros: 1709208000000000n }, { micros: 1709208000500000n }],
  });
});

test.each([
  ['integer', '1.0', 1n],
  ['integer', '1.5', undefined],
  ['integer', '"1"', undefined],
  ['number', '1e2', 100],
  ['number', '123456789012345678', undefined],
  ['number', '1E400', undefined],
  ['number', '"1"', undefined],
  ['boolean', '1', undefined],
  ['text', '"\\ud83d\\ude00"', '😀'],
  ['text', '"\\ud83d"', undefined],
  ['date', '"2023-02-29"', undefined],
  ['timestamp', '"2024-02-29T12:00:00Z"', undefined],
  ['timestamp', '"2024-02-29T12:00:00.1234567"', undefined],
  ['timestamp', '"2024-02-29T12:00:00.123456000"', { micros: 1709208000123456n }],
  ['timestampWithZone', '"2024-02-30T12:00:00Z"', undefined],
  ['timestampWithZone', '"2024-02-29T12:00:00"', undefined],
] as const)('%s: %s is read as %o', (type, written, value) => {
  expect(columnTypes[type].read(written)).toEqual(value);
});

test('a key that stands twice: the last value counts, the other one is beside what is not declared', () => {
  const { all, cellsOf } = columnsOf({ properties: { id: { type: 'integer' }, _undeclared: {} } });
  expect(all.map(({ name }) => name)).toEqual(['id', '_undeclared', '_undeclared_2']);
  expect(cellsOf(Buffer.from('{"id":1, "\\u0069d" : 2,"new":{"a" : [1, 2]}}'))).toEqual([
    '2',
    undefined,
    '{"id":1,"new":{"a" : [1, 2]}}',
  ]);
});

test('names that differ in case only are columns of their own', async () => {
  const declared = { properties: { Total: { type: 'integer' }, total: { type: 'integer' } } };
  const { path } = await write('duckdb', ['{"Total":1,"total":2}'], declared);
  expect((await (await open('duckdb', path)).stream('odd')).rows).toEqual([
    { Total: 1n, total_2: 2n, _undeclared: null },
  ]);
});

test('more rows than fit into one chunk, and a large record', async () => {
  const large = JSON.stringify({ id: 5001, parts: ['x'.repeat(5_000_000)] });
  const records = [...Array.from({ length: 5000 }, (_, id) => `{"id":${id}}`), large];
  const { path } = await write('duckdb', records);
  const { query } = await open('duckdb', path);
  const { rows } = await query(
    `SELECT count(*) AS rows, sum(id)::BIGINT AS sum, max(length(parts)) AS longest FROM odd`,
  );
  expect(rows).toEqual([{ rows: 5001n, sum: 12_502_501n, longest: 5_000_004n }]);
});
