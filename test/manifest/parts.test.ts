// Long texts in parts: what is put together of them is what the parser makes of the whole.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDocument, stringify } from 'yaml';
import { ownManifest } from '../../bin/cli/package-folder.ts';
import { contentsInParts } from '../../engine/manifest/parts.ts';
import { contentsOf, isRememberable } from '../../engine/manifest/source-node.ts';

const parse = (text: string) => parseDocument(text, { merge: true, prettyErrors: false });

/** The nodes of a text in parts, and the parts. */
function inParts(text: string) {
  const parts: string[] = [];
  const contents = contentsInParts(text, (part) => {
    parts.push(part);
    const document = parse(part);
    const nodes = contentsOf(document);
    return nodes && isRememberable(document, nodes) ? nodes : undefined;
  });
  return { contents, parts };
}

/** Holds what is made of the parts, if it can be, against the whole. */
function expectSame(text: string): void {
  const { contents } = inParts(text);
  if (contents === undefined) return;
  const document = parse(text);
  expect([...document.errors, ...document.warnings]).toEqual([]);
  expect(contents).toEqual(contentsOf(document));
}

const own = readFileSync(ownManifest, 'utf8');

test('our manifest is read in parts, none of which is long', () => {
  const { contents, parts } = inParts(own);
  expect(contents).toEqual(contentsOf(parse(own)));
  expect(Math.max(...parts.map((part) => part.length))).toBeLessThan(own.length / 10);
  expect(own).toContain(parts.join('').slice(0, 100));
});

test('a short text is not taken apart', () => {
  expect(inParts('a: 1\nb: 2\n').parts).toEqual([]);
});

const long = '# a comment\n'.repeat(100);

test.each([
  ['a key twice', 'a: 1\nb: 2\na: 3\n'],
  ['a key twice, further in', `a:\n  b: 1\n  c: 2\n  b: 3\n${long}`],
  ['two documents', 'a: 1\n---\nb: 2\n'],
  ['a directive', '%YAML 1.1\n---\na: 1\n'],
  ['a mapping that begins with a merge', 'a: &a { b: 1 }\n<<: *a\n'],
  ['a key in quotes', '"a": 1\n'],
  ['a line further left than the first', '  a: 1\nb: 2\n'],
  ['a tab', 'a:\n\tb: 1\n'],
  ['ends of lines as on Windows', 'a: 1\r\nb: 2\r\n'],
  ['one text on two lines', 'a: "b\nc: d"\n'],
  ['a list and a key', '- a\nb: 1\n'],
])('%s makes the parser look at the whole', (_what, text) => {
  expect(inParts(text + long).contents).toBeUndefined();
});

test.each([
  ['a list below its key, not further in', `a:\n- b\n- c: 1\n  d: 2\n${long}e: 1\n`],
  ['a text of several lines that looks like a mapping', `a: |\n  b: 1\n  # c\n\n${long}d: >-\n  e: 1\n\n  f\n`],
  ['aliases and merges', `a: &x\n  b: 1\n${long}c:\n  <<: *x\nd: *x\n`],
  ['lists in lists', `a:\n  - - b\n    - c\n  -\n    d: 1\n${long}`],
  ['keys that are no text', `True:\n  a: 1\n${long}b: 1\n`],
])('%s is taken apart', (_what, text) => {
  expect(inParts(text).contents).toBeDefined();
  expectSame(text);
});

test('whatever is edited in our manifest, its parts are the whole', () => {
  const place = fc.nat({ max: own.length });
  const inserted = fc.oneof(
    fc.constantFrom(
      '\n',
      '  ',
      '- ',
      ': ',
      '#',
      '"',
      "'",
      '|',
      '\n---\n',
      '&a ',
      '*a',
      '<<: *a\n',
      '\t',
      '{',
      '[',
      'a: b\n',
    ),
    fc.string({ maxLength: 3 }),
  );
  fc.assert(
    fc.property(place, fc.nat({ max: 40 }), inserted, (at, removed, text) => {
      expectSame(own.slice(0, at) + text + own.slice(at + removed));
    }),
    { numRuns: 60 },
  );
});

test('whatever YAML writes, its parts are the whole', () => {
  const value = fc.dictionary(fc.string({ maxLength: 6 }), fc.jsonValue(), { minKeys: 1 });
  fc.assert(
    fc.property(value, value, fc.constantFrom('PLAIN', 'BLOCK_LITERAL'), (first, second, defaultStringType) => {
      expectSame(
        stringify({ first, text: `${'words '.repeat(200)}\n`, second, list: [first, second] }, { defaultStringType }),
      );
    }),
  );
});
