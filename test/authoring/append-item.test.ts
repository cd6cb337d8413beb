// An item goes to the end of a list, and every other byte of the file stays.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, parseDocument, stringify } from 'yaml';
import { appendItem } from '../../engine/authoring/new/append-item.ts';

const item = { $ref: 'streams/new.yaml' };
const append = (text: string): string => appendItem(text, ['streams'], item);

test.each([
  [
    'after the last of a list',
    'streams:\n  - $ref: streams/a.yaml\n\ndefinitions: {}\n',
    'streams:\n  - $ref: streams/a.yaml\n  - $ref: streams/new.yaml\n\ndefinitions: {}\n',
  ],
  ['a list without an indent', 'streams:\n- a\nspec: {}\n', 'streams:\n- a\n- $ref: streams/new.yaml\nspec: {}\n'],
  [
    'a comment at the last item stays there, one below stays below',
    'streams:\n  - a # the first\n  # more to come\n\n# The rest.\nspec: {}\n',
    'streams:\n  - a # the first\n  - $ref: streams/new.yaml\n  # more to come\n\n# The rest.\nspec: {}\n',
  ],
  [
    'a last item of many lines',
    'streams:\n  - name: a\n    text: |\n      one\n\n      two\n\nspec: {}\n',
    'streams:\n  - name: a\n    text: |\n      one\n\n      two\n  - $ref: streams/new.yaml\n\nspec: {}\n',
  ],
  ['a file without a line end', 'streams:\n  - a', 'streams:\n  - a\n  - $ref: streams/new.yaml'],
  ['line ends of Windows', 'streams:\r\n  - a\r\n', 'streams:\r\n  - a\r\n  - $ref: streams/new.yaml\r\n'],
  ['a list on one line', 'streams: [a, b] # two\n', 'streams: [a, b, { $ref: streams/new.yaml }] # two\n'],
  [
    'an empty list in brackets becomes one of lines',
    'streams: [] # none yet\nspec: {}\n',
    'streams: # none yet\n  - $ref: streams/new.yaml\nspec: {}\n',
  ],
  ['an empty list of JSON', '{"streams": []}', '{"streams": [{ "$ref": "streams/new.yaml" }]}'],
  [
    'a list in brackets over several lines',
    'streams: [\n  a,\n  b,\n]\n',
    'streams: [\n  a,\n  b,\n  { $ref: streams/new.yaml },\n]\n',
  ],
  [
    'JSON',
    '{\n  "streams": [\n    { "$ref": "a" }\n  ]\n}\n',
    '{\n  "streams": [\n    { "$ref": "a" },\n    { "$ref": "streams/new.yaml" }\n  ]\n}\n',
  ],
  [
    'a key without a list',
    'streams: # none yet\nspec: {}\n',
    'streams: # none yet\n  - $ref: streams/new.yaml\nspec: {}\n',
  ],
  ['no such key', 'spec: {}\n', 'spec: {}\nstreams:\n  - $ref: streams/new.yaml\n'],
  [
    'a reference to the list',
    "streams: '#/definitions/streams'\ndefinitions:\n  streams:\n    - a\n",
    "streams: '#/definitions/streams'\ndefinitions:\n  streams:\n    - a\n    - $ref: streams/new.yaml\n",
  ],
  [
    'an alias of the list',
    'all: &all\n  - a\nstreams: *all\n',
    'all: &all\n  - a\n  - $ref: streams/new.yaml\nstreams: *all\n',
  ],
])('%s', (_, before, after) => {
  expect(append(before)).toBe(after);
});

test.each([['streams: many\n'], ['[]\n'], ['{ "spec": {} }\n']])('%j cannot be extended: the line is told', (text) => {
  expect(() => append(text)).toThrow('Add it by hand: - $ref: streams/new.yaml');
});

const scalar = fc.oneof(fc.string(), fc.integer(), fc.constantFrom('a\nb\n', 'trailing\n\n', null));
const entry = fc.oneof(scalar, fc.dictionary(fc.string({ minLength: 1 }), scalar, { maxKeys: 3 }));
const manifests = fc.record({
  head: fc.constantFrom('', '# Head.\n\n', '---\n', '# yaml-language-server: $schema=x\n'),
  before: fc.dictionary(fc.string({ minLength: 1 }), entry, { maxKeys: 2 }),
  streams: fc.array(entry, { minLength: 1, maxLength: 4 }),
  after: fc.dictionary(fc.string({ minLength: 1 }), entry, { maxKeys: 2 }),
  indentSeq: fc.boolean(),
  isWindows: fc.boolean(),
  tail: fc.constantFrom('', '\n', '# The end.\n'),
});

test('without the line that was added it is the old file, byte for byte', () => {
  fc.assert(
    fc.property(manifests, ({ head, before, streams, after, indentSeq, isWindows, tail }) => {
      const tree = {
        ...before,
        streams,
        ...Object.fromEntries(Object.entries(after).filter(([key]) => key !== 'streams')),
      };
      const text = head + stringify(tree, { indentSeq }) + tail;
      const old = isWindows ? text.replaceAll('\n', '\r\n') : text;
      fc.pre(parseDocument(old).errors.length === 0);
      const lines = append(old).split('\n');
      const at = lines.findIndex((line) => /^ *- \$ref: streams\/new\.yaml\r?$/.test(line));
      expect(lines.toSpliced(at, 1).join('\n')).toBe(old);
      const values = parse(lines.join('\n')) as { streams: unknown[] };
      expect(values.streams.at(-1)).toEqual(item);
    }),
  );
});
