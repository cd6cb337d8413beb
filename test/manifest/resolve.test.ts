import { expect, test } from 'vitest';
import { createLoader } from '../../engine/manifest/load.ts';
import { placeOf } from '../../engine/manifest/origins.ts';
import { type Resolved, resolveManifest } from '../../engine/manifest/resolve.ts';
import { withFiles } from '../support/files.ts';

/** Resolves the files, `manifest.yaml` being the root. */
function resolveFiles(
  files: Record<string, string>,
): Resolved & { at: (pointer: string, of?: 'key' | 'value') => string } {
  return withFiles(files, (folder) => {
    const loader = createLoader();
    const root = loader.load(`${folder}/manifest.yaml`);
    if (!root) throw new Error('there is no manifest.yaml');
    const resolved = resolveManifest(root, loader);
    const at = (pointer: string, of: 'key' | 'value' = 'value'): string => {
      const { file, line, column } = placeOf(resolved.origins, pointer, of);
      return `${file.replace(`${folder}/`, '')}:${line}:${column}`;
    };
    return { ...resolved, at };
  });
}

const resolve = (yaml: string) => resolveFiles({ 'manifest.yaml': yaml });
const codes = ({ diagnostics }: Resolved): string[] =>
  diagnostics.map(({ code, line, column }) => `${line}:${column} ${code}`);

test('a $ref brings what it names, and fields beside it win', () => {
  const { tree, at } = resolve(
    'a:\n  $ref: "#/definitions/x"\n  q: own\ndefinitions:\n  x:\n    p: 1\n    q: { deep: 2 }\n',
  );
  expect(tree).toMatchObject({ a: { p: 1, q: 'own' } });
  expect([at('/a/p'), at('/a/q'), at('/a/q', 'key'), at('/a/q/deep')]).toEqual(['6:8', '3:6', '3:3', '3:6'].map(file));
});

const file = (place: string): string => `manifest.yaml:${place}`;

test('fields win over $ref wherever they stand', () => {
  const { tree } = resolve('a:\n  q: own\n  $ref: "#/x"\nx:\n  q: other\n');
  expect(tree).toMatchObject({ a: { q: 'own' } });
});

test('text that starts with #/ is a reference anywhere', () => {
  const { tree } = resolve('a: ["#/x", { b: "#/y" }]\nx: 1\ny: [2]\n');
  expect(tree).toMatchObject({ a: [1, { b: [2] }] });
});

test('a $ref can name lists, scalars and elements of lists', () => {
  const { tree } = resolve('a: { $ref: "#/l" }\nb: { $ref: "#/l/1" }\nc: { $ref: "#/l/0/k" }\nl: [{ k: v }, text]\n');
  expect(tree).toMatchObject({ a: [{ k: 'v' }, 'text'], b: 'text', c: 'v' });
});

test('a key with slashes is found, the longest one first', () => {
  const { tree } = resolve(
    'a: { $ref: "#/d/x/y" }\nb: { $ref: "#/d/x/z" }\nd:\n  x/y: long\n  x: { y: short, z: 1 }\n',
  );
  expect(tree).toMatchObject({ a: 'long', b: 1 });
});

test('references are followed through references', () => {
  const { tree, diagnostics } = resolve(
    'a: { $ref: "#/b/c" }\nb: { c: { $ref: "#/d" } }\nd: { e: { $ref: "#/f" } }\nf: 1\n',
  );
  expect(tree).toMatchObject({ a: { e: 1 } });
  expect(diagnostics).toEqual([]);
});

test('a file is read beside the file that names it, and its #/ points into the manifest', () => {
  const { tree, at } = resolveFiles({
    'manifest.yaml': 's:\n  - $ref: streams/a.yaml\nx: from manifest\n',
    'streams/a.yaml': 'name: a\nx: "#/x"\nschema:\n  $ref: ../schemas/a.json\nn: { $ref: "b.yaml#/deep/n" }\n',
    'streams/b.yaml': 'deep: { n: 7 }\n',
    'schemas/a.json': '{\n  "type": "object"\n}\n',
  });
  expect(tree).toMatchObject({ s: [{ name: 'a', x: 'from manifest', schema: { type: 'object' }, n: 7 }] });
  expect(at('/s/0/name', 'key')).toBe('streams/a.yaml:1:1');
  expect(at('/s/0/schema/type')).toBe('schemas/a.json:2:11');
  expect(at('/s/0/x')).toBe('manifest.yaml:3:4');
  expect(at('/s/0/n')).toBe('streams/b.yaml:1:12');
});

test('anchors and merge keys bring fields, own ones win, of several the first wins', () => {
  const { tree, at } = resolve(
    'a: &a\n  x: 1\n  y: 2\nb: &b { y: 3, z: 4 }\nc:\n  <<: *a\n  x: own\nd:\n  <<: [*a, *b]\ne: *a\n',
  );
  expect(tree).toMatchObject({ c: { x: 'own', y: 2 }, d: { x: 1, y: 2, z: 4 }, e: { x: 1, y: 2 } });
  expect([at('/c/x'), at('/c/y'), at('/d/z', 'key'), at('/e/x')]).toEqual(['7:6', '3:6', '4:15', '2:6'].map(file));
});

test('a merge key beside $ref wins over it', () => {
  const { tree } = resolve('m: &m { x: 1 }\nr: { x: 2, y: 3 }\na:\n  $ref: "#/r"\n  <<: *m\n');
  expect(tree).toMatchObject({ a: { x: 1, y: 3 } });
});

test('what a reference brings is worked out once, and fields beside one use leave the others alone', () => {
  const { tree } = resolve('a: "#/x"\nb: { $ref: "#/x", own: 1 }\nc: "#/x"\nx: { list: [1] }\n');
  const { a, b, c } = tree as Record<'a' | 'b' | 'c', { list: number[] }>;
  expect(a).toBe(c);
  expect(a).toEqual({ list: [1] });
  expect(b).toEqual({ list: [1], own: 1 });
});

test('the same reference twice in a row is no circle', () => {
  const { diagnostics } = resolve('a: { b: "#/x", c: { d: "#/x" } }\nx: { y: "#/z" }\nz: 1\n');
  expect(diagnostics).toEqual([]);
});

test.each([
  ['a: "#/nothing"\n', ['1:4 ref-missing']],
  ['a:\n  $ref: "#/x/y"\nx: {}\n', ['2:9 ref-missing']],
  ['a: "#/l/2"\nl: [0, 1]\n', ['1:4 ref-missing']],
  ['a: { $ref: none.yaml }\n', ['1:12 ref-file']],
  ['a: { $ref: 5 }\n', ['1:12 ref-type']],
  ['a: { $ref: "#/a" }\n', ['1:12 ref-circular']],
  ['a: *b\n', ['1:4 alias']],
  ['a: &x\n  b: *x\n', ['2:6 alias']],
  ['a: &x\n  <<: *x\n  b: 1\n', ['2:7 alias']],
  ['a: { <<: [*x, *y], b: 1 }\n', ['1:15 alias', '1:11 alias']],
])('the reference in %j is a problem at its place', (yaml, expected) => {
  expect(codes(resolve(yaml))).toEqual(expected);
});

test('each circle is reported once', () => {
  const resolved = resolve('a: { x: "#/b" }\nb: { y: "#/c" }\nc: { z: "#/b" }\n');
  expect(codes(resolved)).toEqual([...new Set(codes(resolved))]);
});
