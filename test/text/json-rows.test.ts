// Rows are cut out of bytes: whatever the document, wherever the chunks are cut, they are the bytes that stood there.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Found, rowScanner } from '../../engine/text/json-rows.ts';

interface Cut {
  rows: string[];
  found: Found;
}

/** Scans a text whose bytes are cut at these places. */
function scan(text: string, path: readonly string[], cuts: readonly number[] = []): Cut {
  const bytes = Buffer.from(text);
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  const scanner = rowScanner(path);
  const rows = places.flatMap((place, index) => scanner.push(bytes.subarray(place, places[index + 1] ?? place)));
  return { rows: rows.map((row) => Buffer.from(row).toString()), found: scanner.end() };
}

const space = fc.stringMatching(/^[ \n\r\t]{0,3}$/);
const key = fc.oneof(
  fc.constantFrom('a', 'data', '', '__proto__', 'é"\\\n'),
  fc.string({ unit: 'binary', maxLength: 4 }),
);

/** A string as JSON, each character as it is or escaped. */
const jsonString = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(text, fc.boolean()).map(([characters, isEscaped]) => {
    const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    return isEscaped
      ? `"${Array.from({ length: characters.length }, (_, index) => escaped(characters.charAt(index))).join('')}"`
      : JSON.stringify(characters);
  });

const joined = (open: string, items: readonly string[], close: string, blank: string): string =>
  `${open}${blank}${items.join(`${blank},${blank}`)}${blank}${close}`;

/** The text of any JSON value, with odd spaces, brackets in strings and escapes. */
const { json } = fc.letrec<{ json: string; list: string; object: string }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('null', 'true', 'false', '0', '-1.50e+10', '1e400', '123456789012345678901234567890', '"]},{["'),
    jsonString(fc.string({ unit: 'binary' })),
    tie('list'),
    tie('object'),
  ),
  list: fc
    .tuple(fc.array(tie('json'), { maxLength: 4 }), space)
    .map(([items, blank]) => joined('[', items, ']', blank)),
  object: fc.tuple(fc.array(fc.tuple(jsonString(key), tie('json')), { maxLength: 4 }), space).map(([pairs, blank]) =>
    joined(
      '{',
      pairs.map(([name, value]) => `${name}${blank}:${blank}${value}`),
      '}',
      blank,
    ),
  ),
}));

/** A document whose path leads to rows, the path, and the rows. */
const documents = fc
  .tuple(fc.uniqueArray(key, { maxLength: 3 }), fc.array(json, { maxLength: 6 }), json, space)
  .map(([path, rows, other, blank]) => ({
    path,
    rows,
    text: path.reduceRight(
      (inner, name) =>
        joined('{', [`"another":${other}`, `${JSON.stringify(name)}${blank}:${inner}`, `"last":${other}`], '}', blank),
      joined('[', rows, ']', blank),
    ),
  }))
  .filter(({ path }) => !path.includes('another') && !path.includes('last'));
const cuts = fc.array(fc.nat(), { maxLength: 8 });

test('rows are the bytes of the elements without line breaks, wherever the chunks are cut', () => {
  fc.assert(
    fc.property(documents, cuts, ({ path, rows, text }, places) => {
      // Line breaks between tokens go, so that a row is one line.
      const lines = rows.map((row) => row.replaceAll(/[\r\n]/g, ''));
      expect(scan(text, path, places)).toEqual({ rows: lines, found: 'array' });
    }),
    { numRuns: 500 },
  );
});

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function foundIn(value: unknown): Found {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'array';
  if (isObject(value)) return 'object';
  return value === null || value === false || value === 0 || value === '' ? 'nothing' : 'scalar';
}

test('rows are what JSON.parse finds, for any document and any path', () => {
  fc.assert(
    fc.property(json, fc.array(key, { maxLength: 2 }), cuts, (text, path, places) => {
      const { rows, found } = scan(`${text}\n`, path, places);
      // Of equal keys the first one is followed, where JSON.parse keeps the last one.
      const hasTwins =
        /"/.test(text) && path.length > 0 && countKeys(text) !== countKeys(JSON.stringify(JSON.parse(text)));
      fc.pre(!hasTwins);
      const value = path.reduce<unknown>(
        (parent, name) => (isObject(parent) && Object.hasOwn(parent, name) ? parent[name] : undefined),
        JSON.parse(text),
      );
      const expected = Array.isArray(value) ? value : isObject(value) ? [value] : [];
      expect(rows.map((row) => JSON.parse(row) as unknown)).toEqual(expected);
      expect(found).toBe(foundIn(value));
    }),
    { numRuns: 500 },
  );
});

/** How many keys a document has, counted while it is parsed. */
function countKeys(text: string): number {
  return text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""').split(':').length;
}

test('a document that is cut off anywhere is noticed at its end', () => {
  fc.assert(
    fc.property(documents, ({ path, text }) => {
      const bytes = Buffer.from(text.trimEnd());
      for (let length = 0; length < bytes.length; length += 1) {
        const scanner = rowScanner(path);
        scanner.push(bytes.subarray(0, length));
        expect(() => scanner.end(), `the first ${length} bytes of ${text}`).toThrow(SyntaxError);
      }
    }),
    { numRuns: 60 },
  );
});

test.each<[string, string[], Cut]>([
  ['[{"a":1}, {"b":[1,2]}]', [], { rows: ['{"a":1}', '{"b":[1,2]}'], found: 'array' }],
  ['{"a":1}', [], { rows: ['{"a":1}'], found: 'object' }],
  ['{"data":[1],"total":1}', ['data'], { rows: ['1'], found: 'array' }],
  ['{"data":{"a":{}}}', ['data', 'a'], { rows: ['{}'], found: 'object' }],
  ['{"data":null}', ['data'], { rows: [], found: 'nothing' }],
  ['{"data":"x"}', ['data', 'a'], { rows: [], found: 'missing' }],
  ['{"dat":[1],"data2":[2]}', ['data'], { rows: [], found: 'missing' }],
  ['{"a":{"data":[1]},"data":[2]}', ['data'], { rows: ['2'], found: 'array' }],
  ['[{"data":[1]}]', ['data'], { rows: [], found: 'missing' }],
  ['{"d\\u0061ta":[1]}', ['data'], { rows: ['1'], found: 'array' }],
  ['{"é😀":[1]}', ['é😀'], { rows: ['1'], found: 'array' }],
  ['{"data":[1],"data":[2]}', ['data'], { rows: ['1'], found: 'array' }],
  ['\uFEFF [1]', [], { rows: ['1'], found: 'array' }],
  [' 7 ', [], { rows: [], found: 'scalar' }],
])('finds in %s at %j what stands there', (text, path, expected) => {
  expect(scan(text, path)).toEqual(expected);
});

test.each(['', ' ', '[1', '[1,', '{"a":', '{"a"', '"x', '[1]]', '[1] 2', '[1,]', '[,1]', '[1}', ']', ':', '[1 2]'])(
  'the text %j is no JSON document',
  (text) => {
    expect(() => scan(text, [])).toThrow(SyntaxError);
  },
);

test.each([
  '<html>',
  'Unauthenticated',
  'nul',
  '{"data" [1]}',
  '{data:[1]}',
  '{"data":[1]',
  '{"data":[1] "a":2}',
  '{,}',
])('the text %j is no JSON document, wherever the rows would be', (text) => {
  expect(() => scan(text, ['data'])).toThrow(SyntaxError);
});

test('rows come out as soon as they have ended', () => {
  const scanner = rowScanner([]);
  expect(scanner.push(Buffer.from('[{"a":1},{"b"'))).toHaveLength(1);
  expect(scanner.push(Buffer.from(':2}'))).toHaveLength(1);
  expect(scanner.push(Buffer.from(']'))).toHaveLength(0);
  expect(scanner.end()).toBe('array');
});

test('line breaks between tokens go, so that a row is one line', () => {
  const { rows } = scan('[{\r\n  "a": "\\n",\n "b": [\n1\n]}]', []);
  expect(rows).toEqual(['{  "a": "\\n", "b": [1]}']);
});

test.each(['{"a":01}', '{"a":"\t"}', '{"a":tru}', '{"a":"\\x"}', '{"a":[}', '{"a":1,}', '{"a" "b"}', '{"a":1.}'])(
  'the malformed row %s stops the scan',
  (row) => {
    expect(() => scan(`[{"b":1},${row}]`, [])).toThrow(SyntaxError);
  },
);

test('a row that is not UTF-8 stops the scan', () => {
  const bytes = Buffer.from([0x5b, 0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d, 0x5d]);
  expect(() => rowScanner([]).push(bytes)).toThrow('not valid UTF-8');
});

test('a row keeps its spaces, escapes, digits and equal keys', () => {
  const row = '{ "a":1.10, "a":12345678901234567890, "\\u00e9":"é\\n" }';
  expect(scan(`[${row}]`, []).rows).toEqual([row]);
});

test('a row that is not UTF-8 is refused', () => {
  expect(() => rowScanner([]).push(Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]))).toThrow('not valid UTF-8');
});

test.each([
  '[01]',
  '["\u0009"]',
  '["\\x"]',
  '["\\u00g0"]',
  '[tru]',
  '[1.]',
  '[+1]',
  '[NaN]',
  "['a']",
  '[{"a":1,}]',
  '[1]]',
])('the row in %s is refused', (text) => {
  expect(() => scan(text, [])).toThrow(SyntaxError);
});

test('scanners that take turns do not mix up what they are in the middle of', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(documents, cuts), { minLength: 2, maxLength: 4 }),
      fc.infiniteStream(fc.nat()),
      (all, turns) => {
        const readers = all.map(([{ path, text }, places]) => {
          const bytes = Buffer.from(text);
          const ends = [...places.map((place) => place % bytes.length).sort((a, b) => a - b), bytes.length];
          const chunks = ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
          return { scanner: rowScanner(path), chunks, rows: [] as string[] };
        });
        for (let left = readers; left.length > 0; left = left.filter(({ chunks }) => chunks.length > 0)) {
          const reader = left[turns.next().value % left.length];
          const chunk = reader?.chunks.shift() ?? Buffer.alloc(0);
          reader?.rows.push(...reader.scanner.push(chunk).map((row) => Buffer.from(row).toString()));
        }
        expect(readers.map(({ scanner, rows }) => ({ rows, found: scanner.end() }))).toEqual(
          all.map(([{ path, text }]) => scan(text, path)),
        );
      },
    ),
    { numRuns: 100 },
  );
});

test('a document with some bytes changed is one for the scanner exactly if it is one for JSON.parse', () => {
  const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 127 })), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(json, changes, cuts, (text, edits, places) => {
      const bytes = Buffer.from(text);
      for (const [at, byte] of edits) bytes[at % bytes.length] = byte;
      const changed = bytes.toString();
      fc.pre(!changed.includes('\uFFFD'));
      const isJson = (parse: () => unknown): boolean => {
        try {
          parse();
          return true;
        } catch {
          return false;
        }
      };
      expect(isJson(() => scan(changed, [], places))).toBe(isJson(() => JSON.parse(changed)));
    }),
    { numRuns: 3000 },
  );
});

test.each([15, 16, 17, 100, 65_535, 65_536, 70_000, 200_000])(
  'a text of %d bytes may end, or be wrong, at any place',
  (length) => {
    const row = (end: string): string => `["${'x'.repeat(length)}${end}]`;
    expect(scan(row('"'), []).rows).toEqual([row('"').slice(1, -1)]);
    expect(scan(row('\\n"'), []).rows).toEqual([row('\\n"').slice(1, -1)]);
    expect(() => scan(row('\t"'), [])).toThrow(`a control character inside a text at byte ${length + 2}`);
    expect(() => scan(row(''), [])).toThrow('the end of the document in the middle of it');
  },
);

test('values may be nested 16384 deep, and are refused beyond that', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
  expect(scan(`[${nested(16_384)}]`, []).rows).toEqual([nested(16_384)]);
  expect(() => scan(`[${nested(16_385)}]`, [])).toThrow('more than 16384 values inside one another');
});

test('a record of more than 256 MiB is refused with a message that says so', () => {
  const scanner = rowScanner([]);
  const chunk = Buffer.alloc(1024 * 1024, 'x');
  scanner.push(Buffer.from('["'));
  for (let pushed = 0; pushed < 255; pushed += 1) scanner.push(chunk);
  expect(() => scanner.push(chunk)).toThrow('a record of more than 256 MiB');
});
