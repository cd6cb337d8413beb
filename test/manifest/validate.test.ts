// What validate accepts, and how it chooses its words. The exact texts stand in broken/.
import { expect, test } from 'vitest';
import { formatDiagnostic, sortDiagnostics } from '../../engine/manifest/diagnostic.ts';
import { nearest } from '../../engine/manifest/suggest.ts';
import { checkFiles, type Read, readFiles } from '../support/manifest.ts';

const good = `version: 7.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [users] }
streams:
  - type: DeclarativeStream
    name: users
    retriever:
      requester: { url: https://example.com }
      record_selector: { extractor: { field_path: [] } }
`;

test('a manifest that is right has no problem, and names its files', () => {
  const { problems, files } = readFiles({ 'manifest.yaml': good });
  expect(problems).toEqual([]);
  expect(files).toHaveLength(1);
});

test('every file that was read is named, the manifest first', () => {
  const { files } = readFiles({
    'manifest.yaml': good.replace('{ url: https://example.com }', '{ $ref: r.yaml }'),
    'r.yaml': 'url: https://example.com\n',
  });
  expect(files.map((path) => path.split('/').at(-1))).toEqual(['manifest.yaml', 'r.yaml']);
});

test('a manifest that cannot be read is a problem of its own', () => {
  expect(readFiles({ 'other.yaml': '' }).problems).toEqual(['manifest.yaml:1:1 file']);
});

test('an unknown field is a warning, and for validate an error when it is near a known one', () => {
  const files = { 'manifest.yaml': good.replace('name: users', 'name: users\n    primary_kee: id\n    qqq: 1') };
  const found = ({ diagnostics }: Read) => diagnostics.map(({ code, severity }) => `${code} ${severity}`);
  expect(found(readFiles(files))).toEqual(['misspelt-field warning', 'unknown-field warning']);
  expect(found(checkFiles(files))).toEqual(['misspelt-field error', 'unknown-field warning']);
});

test('a slip in a group of fields gets a hint too', () => {
  const spec = 'spec:\n  connection_specification: {}\n  config_normalization_rules:\n    transformation: []\n';
  const { texts } = readFiles({ 'manifest.yaml': good + spec });
  expect(texts).toEqual([
    'manifest.yaml:13:5 warning: unknown field "transformation" in Spec.config_normalization_rules. Did you mean "transformations"?',
  ]);
});

test('a problem of a definition that is used twice is reported once', () => {
  const definitions = 'definitions:\n  r: { url: https://example.com, http_method: GOT }\n';
  const twice = good.replace('{ url: https://example.com }', '{ $ref: "#/definitions/r" }');
  const stream = twice.slice(twice.indexOf('  - type')).replace('users', 'others');
  expect(readFiles({ 'manifest.yaml': twice + stream + definitions }).problems).toEqual([
    'manifest.yaml:16:47 wrong-value',
  ]);
});

test('a definition that nothing uses is not looked at', () => {
  const definitions = 'definitions:\n  r: { type: Nonsense, url: "{{ nothing }}" }\n';
  expect(readFiles({ 'manifest.yaml': good + definitions }).problems).toEqual([]);
});

test('the file of a template path is looked for when the path is no template', () => {
  const loader = (path: string): string =>
    `${good}    schema_loader: { type: JsonFileSchemaLoader, file_path: "${path}" }\n`;
  expect(readFiles({ 'manifest.yaml': loader('./a.json'), 'a.json': '{}' }).problems).toEqual([]);
  expect(readFiles({ 'manifest.yaml': loader("./{{ parameters['name'] }}.json") }).problems).toEqual([]);
  expect(readFiles({ 'manifest.yaml': loader('./b.json') }).problems).toEqual(['manifest.yaml:10:61 missing-file']);
});

test('problems are sorted by file, line and column, the manifest first', () => {
  const at = (file: string, line: number, column: number) =>
    ({ file, line, column, code: 'x', severity: 'error', message: 'm' }) as const;
  const sorted = sortDiagnostics([at('a', 2, 1), at('b', 1, 1), at('a', 1, 9), at('a', 1, 2)]);
  expect(sorted.map(({ file, line, column }) => `${file}${line}${column}`)).toEqual(['a12', 'a19', 'a21', 'b11']);
});

test('problems of a YAML file that a reference names stand behind those of the manifest', () => {
  const { problems } = readFiles({
    'manifest.yaml': `${good}    schema_loader: { type: InlineSchemaLoader, schema: { $ref: s.json }, x: 1 }\n`,
    's.json': '{ "a" 1 }',
  });
  expect(problems.map((problem) => problem.split(':')[0])).toEqual(['manifest.yaml', 's.json']);
});

test('a diagnostic is one line: place, severity, sentence, hint', () => {
  const diagnostic = { file: 'm.yaml', line: 7, column: 5, code: 'x', message: 'it is wrong' } as const;
  expect(formatDiagnostic({ ...diagnostic, severity: 'error' })).toBe('m.yaml:7:5 it is wrong.');
  expect(formatDiagnostic({ ...diagnostic, severity: 'warning', hint: 'Mend it.' })).toBe(
    'm.yaml:7:5 warning: it is wrong. Mend it.',
  );
});

test.each([
  ['max_retrys', 'max_retries'],
  ['maxRetries', 'max_retries'],
  ['paht', 'path'],
  ['ulr', 'url'],
  ['Url', 'url'],
  ['xyz', undefined],
  ['completely_other', undefined],
])('for %s the nearest word is %s', (word, expected) => {
  expect(nearest(word, ['path', 'url', 'max_retries', 'http_method'])).toBe(expected);
});
