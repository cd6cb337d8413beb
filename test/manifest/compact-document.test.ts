// Documents as memory holds them: what is read of them is what is read of their text.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Document, isAlias, isMap, isScalar, parseDocument, stringify, visit } from 'yaml';
import { compactDocument, documentFrom } from '../../engine/manifest/compact-document.ts';

const parse = (text: string) => parseDocument(text, { merge: true });

/** Kept as JSON and made again. */
function remembered(text: string) {
  const compact = compactDocument(parse(text));
  return compact && documentFrom(JSON.parse(JSON.stringify(compact)) as typeof compact);
}

/** Each node in turn: its place, its anchor and, of a scalar or an alias, what it says. */
function nodesOf(document: Document): unknown[] {
  const nodes: unknown[] = [];
  visit(document, {
    Node(_key, node) {
      const value = isScalar(node) && typeof node.value === 'symbol' ? '<<' : isScalar(node) ? node.value : undefined;
      const anchor = 'anchor' in node ? node.anchor : undefined;
      nodes.push([node.range?.[0], anchor, value, isAlias(node) ? node.source : undefined]);
    },
  });
  return nodes;
}

test('a document comes back with its values, places, anchors and aliases', () => {
  const text = 'a: &x { b: [1, "two", null, yes] }\nc: *x\nd:\n  <<: *x\n  e: |\n    lines\n    of text\nf:\n';
  const document = remembered(text);
  expect(document?.toJS({ maxAliasCount: -1 })).toMatchObject({
    a: { b: [1, 'two', null, 'yes'] },
    c: { b: [1, 'two', null, 'yes'] },
  });
  expect(document && nodesOf(document)).toEqual(nodesOf(parse(text)));
});

test('any value that YAML writes comes back at the same places', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom('PLAIN', 'QUOTE_DOUBLE'), (value, defaultStringType) => {
      const text = stringify(value, { defaultStringType });
      const document = remembered(text);
      // A number that JSON does not hold is not remembered.
      if (document) expect(nodesOf(document)).toEqual(nodesOf(parse(text)));
      else expect(text).toMatch(/-0|Infinity|NaN|\.inf|\.nan/);
    }),
  );
});

test.each([
  ['a text that is no YAML', 'a: [1'],
  ['a text with a warning', 'a: !unknown 1'],
  ['a number that JSON does not hold', 'a: .inf'],
  ['a tag', 'a: !!binary aGk='],
])('%s is not remembered', (_what, text) => {
  expect(remembered(text)).toBeUndefined();
});

test('a mapping that was remembered is a mapping', () => {
  expect(isMap(remembered('a: 1')?.contents)).toBe(true);
});
