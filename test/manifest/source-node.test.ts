// Nodes as memory holds them: what is read of them is what is read of their text.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDocument, stringify } from 'yaml';
import { type Memory } from '../../engine/manifest/memory.ts';
import { createLoader, type SourceFile, sourceFile } from '../../engine/manifest/load.ts';
import { resolveManifest } from '../../engine/manifest/resolve.ts';
import { contentsOf } from '../../engine/manifest/source-node.ts';

/** The files of two runs: one that parses, and one that remembers, as JSON, what the first one kept. */
function twice(text: string): { parsed: SourceFile; remembered: SourceFile | undefined } {
  const kept = new Map<string, string>();
  const memory: Memory = {
    known: (kind, of): unknown => (kind === 'document' && kept.has(of) ? JSON.parse(kept.get(of) ?? '') : undefined),
    keep: (_kind, of, found) => kept.set(of, JSON.stringify(found)),
  };
  const parsed = sourceFile('/manifest.yaml', text, memory);
  // Read, and so kept.
  expect(parsed.contents).not.toBeNull();
  return { parsed, remembered: kept.has(text) ? sourceFile('/manifest.yaml', text, memory) : undefined };
}

const valueOf = (file: SourceFile): unknown => resolveManifest(file, createLoader()).tree;

test('a document comes back with its values, places, anchors and aliases', () => {
  const text = 'a: &x { b: [1, "two", null, yes] }\nc: *x\nd:\n  <<: *x\n  e: |\n    lines\n    of text\nf:\n';
  const { parsed, remembered } = twice(text);
  expect(remembered?.contents).toEqual(parsed.contents);
  const x = { b: [1, 'two', null, 'yes'] };
  expect(remembered && valueOf(remembered)).toEqual({ a: x, c: x, d: { ...x, e: 'lines\nof text\n' }, f: null });
});

test('any value that YAML writes comes back, with its places, and has the value that the parser gives it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom('PLAIN', 'QUOTE_DOUBLE'), (value, defaultStringType) => {
      const text = stringify({ value }, { defaultStringType });
      const { parsed, remembered } = twice(text);
      // A number that JSON does not hold is not remembered.
      if (remembered) expect(remembered.contents).toEqual(parsed.contents);
      else expect(text).toMatch(/-0|Infinity|NaN|\.inf|\.nan/);
      if (!/\$ref|#\/|<</.test(text)) expect(valueOf(parsed)).toEqual(parsed.document.toJS());
    }),
  );
});

test('an alias is the last node of its name before it', () => {
  const { parsed } = twice('a: &x 1\nb: *x\nc: &x 2\nd: *x\n&k key: *k\n');
  expect(valueOf(parsed)).toEqual({ a: 1, b: 1, c: 2, d: 2, key: 'key' });
});

test('a key that is no text has the text that it has in JSON', () => {
  const contents = contentsOf(parseDocument('? [1, 2]\n: a\n: b\n3: c\n'));
  expect(contents).toMatchObject({ pairs: [{ key: '[1,2]' }, { key: 'null' }, { key: '3' }] });
});

test.each([
  ['a text that is no YAML', 'a: [1'],
  ['a text with a warning', 'a: !unknown 1'],
  ['a number that JSON does not hold', 'a: .inf'],
  ['a value that JSON does not hold', 'a: !!binary aGk='],
])('%s is not remembered', (_what, text) => {
  expect(twice(text).remembered).toBeUndefined();
});
