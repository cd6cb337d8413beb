// bundle: a manifest of several files as one, with everything it says.
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { bundle, type Bundle } from '../../engine/authoring/bundle/bundle.ts';
import { inlineFiles } from '../../engine/authoring/bundle/inline.ts';
import { formatDiagnostic } from '../../engine/manifest/diagnostic.ts';
import { createLoader, sourceFile } from '../../engine/manifest/load.ts';
import { resolveManifest } from '../../engine/manifest/resolve.ts';
import { language } from '../support/component.ts';
import { withFiles } from '../support/files.ts';
import { readFiles } from '../support/manifest.ts';

const bundleFiles = (files: Record<string, string>, keepExtensions = false): Bundle & { warnings: string[] } =>
  withFiles(files, (folder) => {
    const bundled = bundle(join(folder, 'manifest.yaml'), language, { keepExtensions });
    const warnings = bundled.diagnostics.map((diagnostic) => formatDiagnostic(diagnostic).replace(`${folder}/`, ''));
    return { ...bundled, warnings };
  });

const MANIFEST = `# What is read.
version: 7.39.1
type: DeclarativeSource
check: { type: CheckStream, stream_names: [users], success_message: 'Connected.' }
streams:
  # The first one.
  - $ref: streams/users.yaml
  - $ref: streams/users.yaml
    name: people
    $parameters: { path: people }
definitions:
  requester:
    type: HttpRequester
    url_base: https://example.com
    require_https: true
`;

const USERS = `# yaml-language-server: $schema=x.json
# Those who log in.
type: DeclarativeStream
name: users
$parameters: { path: users }
retriever:
  type: SimpleRetriever
  requester:
    $ref: '#/definitions/requester'
    require_https: false
  record_selector: { $ref: selector.yaml }
schema_loader:
  type: InlineSchemaLoader
  schema: { $ref: ../schemas/users.json }
`;

const FILES = {
  'manifest.yaml': MANIFEST,
  'streams/users.yaml': USERS,
  'streams/selector.yaml': `type: RecordSelector
extractor:
  type: DpathExtractor # by path
  field_path: [data]
  key_fields: [group]
`,
  'schemas/users.json': '{ "type": "object", "properties": { "id": { "type": ["null", "integer"] }, "on": {} } }',
};

test('files are put in their place, what is used twice becomes a definition, and comments stay', () => {
  expect(bundleFiles(FILES).text).toBe(`# What is read.

version: 7.39.1
type: DeclarativeSource
check: {type: CheckStream, stream_names: [users]}
streams:
  # The first one.
  - $ref: '#/definitions/users'
  - $ref: '#/definitions/users'
    name: people
    $parameters: {path: people}
definitions:
  requester:
    type: HttpRequester
    url_base: https://example.com

  users:
    # Those who log in.
    type: DeclarativeStream
    name: users
    $parameters: {path: users}
    retriever:
      type: SimpleRetriever
      requester:
        $ref: '#/definitions/requester'
      record_selector:
        type: RecordSelector
        extractor:
          type: DpathExtractor # by path
          field_path: [data]
    schema_loader:
      type: InlineSchemaLoader
      schema:
        type: object
        properties:
          id:
            type: ['null', integer]
          'on': {}
`);
});

test('with its extensions, a bundle says what the files say', () => {
  const { text = '' } = bundleFiles(FILES, true);
  const [before, after] = [readFiles(FILES), readFiles({ 'manifest.yaml': text })];
  expect(after.texts).toEqual([]);
  expect({ ...after.tree, definitions: {} }).toEqual({ ...before.tree, definitions: {} });
});

test('a stream whose records depend on an extension is warned about at its place', () => {
  expect(bundleFiles(FILES).warnings).toEqual([
    'streams/selector.yaml:5:3 warning: stream "users" reads other records elsewhere: without "key_fields" of DpathExtractor, records do not say under which keys they stood.',
    'streams/selector.yaml:5:3 warning: stream "people" reads other records elsewhere: without "key_fields" of DpathExtractor, records do not say under which keys they stood.',
  ]);
});

test('a manifest with errors is not bundled; its problems are told', () => {
  const { text, warnings } = bundleFiles({ 'manifest.yaml': MANIFEST, 'streams/users.yaml': 'type: DeclarativStream' });
  expect(text).toBeUndefined();
  expect(warnings.join('\n')).toMatch(/streams\/users\.yaml:1:7 .*Did you mean "DeclarativeStream"\?/);
});

test('a definition that is made has a name of its own, wherever the others stand', () => {
  const { text = '' } = bundleFiles({
    ...FILES,
    'manifest.yaml': MANIFEST.replace(/definitions:[^]*/, 'definitions: { $ref: definitions.yaml }'),
    'streams/users.yaml': USERS.replace("'#/definitions/requester'", '../definitions.yaml#/requester'),
    'definitions.yaml': 'users: {}\nrequester: { type: HttpRequester, url_base: "https://example.com" }\n',
  });
  expect(text.match(/^ {2}\w+:/gm)).toEqual(['  users:', '  requester:', '  streams_users:']);
});

test('a parameter stays, even one that a field of ours takes its value from', () => {
  const manifest = MANIFEST.replace('$parameters: { path: people }', '$parameters: { required: true }');
  expect(bundleFiles({ ...FILES, 'manifest.yaml': manifest }).text).toContain('$parameters: {required: true}');
});

const FALLBACK = `version: 7.39.1
type: DeclarativeSource
check: { type: CheckStream, stream_names: [details] }
streams:
  - type: DeclarativeStream
    name: details
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url_base: 'https://example.com', path: '{{ stream_partition.id }}' }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
      partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs:
          - type: ParentStreamConfig
            parent_key: id
            partition_field: id
            stream: &list
              type: DeclarativeStream
              name: list
              retriever:
                type: SimpleRetriever
                requester: { type: HttpRequester, url_base: 'https://example.com', path: list }
                record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
          - type: ParentStreamConfig
            parent_key: id
            partition_field: id
            fallback: true
            stream:
              <<: *list
              name: old_list
`;

test('what is there for the sake of an extension only is left out as a whole; anchors and merge keys are written out', () => {
  const { text = '', warnings } = bundleFiles({ 'manifest.yaml': FALLBACK });
  expect(text).not.toMatch(/fallback|old_list|[&*]list/);
  expect(readFiles({ 'manifest.yaml': text }).texts).toEqual([]);
  expect(warnings).toHaveLength(1);
  const kept = bundleFiles({ 'manifest.yaml': FALLBACK }, true).text ?? '';
  expect(kept).not.toContain('<<');
  expect(readFiles({ 'manifest.yaml': kept }).tree).toEqual(readFiles({ 'manifest.yaml': FALLBACK }).tree);
});

/** Resolves `manifest.yaml`, as it is or put into one document first. */
function resolved(files: Record<string, string>, isInlined: boolean): unknown {
  return withFiles(files, (folder) => {
    const loader = createLoader();
    const path = join(folder, 'manifest.yaml');
    const root = loader.load(path);
    if (!root) throw new Error('there is no manifest.yaml');
    const first = resolveManifest(root, loader);
    expect(first.diagnostics).toEqual([]);
    if (!isInlined) return first.tree;
    const again = resolveManifest(sourceFile(path, inlineFiles(root, loader.files).toString()), createLoader());
    expect(again.diagnostics).toEqual([]);
    return again.tree;
  });
}

/** A value that may refer to files that come later, or into the manifest. */
const value = (references: readonly string[]) =>
  fc.letrec<{ node: unknown; map: unknown }>((tie) => ({
    map: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('node'), { maxKeys: 3 }),
    node: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(null, 7, 'yes', '2024-01-01', '010', 'text with: a colon', '{{ config["x"] }}'),
      fc.array(tie('node'), { maxLength: 2 }),
      tie('map'),
      fc.tuple(fc.constantFrom(...references), tie('map')).map(([$ref, more]) => ({ $ref, ...(more as object) })),
    ),
  })).map;

test('whatever refers to whatever, in one document it means the same', () => {
  const inside = ['#/shared', '#/shared/list/0'];
  const files = fc.record({
    'manifest.yaml': value([...inside, 'x/one.yaml', 'two.json', 'two.json#/part']),
    'x/one.yaml': value([...inside, '../two.json', '../two.json#/part', '../manifest.yaml#/shared']),
    'two.json': value(inside),
  });
  fc.assert(
    fc.property(files, (trees) => {
      const [root, one, two] = [trees['manifest.yaml'], trees['x/one.yaml'], trees['two.json']] as object[];
      const texts = {
        'manifest.yaml': stringify({ ...root, shared: { list: [{ a: 1 }], b: 'no' } }),
        'x/one.yaml': stringify(one),
        'two.json': JSON.stringify({ ...two, part: { c: [1] } }),
      };
      const after = resolved(texts, true) as object;
      expect({ ...after, definitions: {} }).toEqual({ ...(resolved(texts, false) as object), definitions: {} });
    }),
    { numRuns: 100 },
  );
});

test('text that YAML 1.1 reads as something else is in quotes, and what PyYAML cannot read without', () => {
  const words = [
    'yes',
    'off',
    '2024-01-01',
    '12:30',
    '1_000',
    '010',
    '0o10',
    '1e3',
    '~',
    '=',
    '<<',
    'null',
    '0x1F',
    'a\tb',
  ];
  const root = sourceFile('/manifest.yaml', stringify({ words, ten: 10 }, { version: '1.2', compat: null }));
  const text = inlineFiles(root, [root]).toString();
  expect(parse(text, { version: '1.1' })).toEqual({ words, ten: 10 });
  expect(text).toContain('- "="\n');
  expect(text).toContain(String.raw`"a\tb"`);
});
