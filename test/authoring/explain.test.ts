// explain: what a place of a manifest means, where it came from, and what its fields do.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { explain, type Explanation } from '../../engine/authoring/explain/explain.ts';
import { explanationText } from '../../engine/authoring/explain/text.ts';
import { readManifest } from '../../engine/manifest/read-manifest.ts';
import { language } from '../support/component.ts';
import { withFiles } from '../support/files.ts';

const FILES = {
  'manifest.yaml': `version: 7.39.1
type: DeclarativeSource
check: { type: CheckStream, stream_names: [users] }
streams:
  - $ref: streams/users.yaml
  - $ref: streams/users.yaml
    name: user.groups
definitions:
  requester:
    type: HttpRequester
    url_base: https://example.com
    http_method: POST
`,
  'streams/users.yaml': `type: DeclarativeStream
name: users
$parameters:
  path: people
  primary_key: id
retriever:
  requester:
    $ref: '#/definitions/requester'
    http_method: GET
  record_selector:
    type: RecordSelector
    extractor:
      type: DpathExtractor
      field_path: [data]
`,
};

function explained(place: string): Explanation | { problem: string } {
  return withFiles(FILES, (folder) => {
    const found = explain(
      place.replace(/^streams\/|^manifest/, `${folder}/$&`),
      readManifest(join(folder, 'manifest.yaml'), language),
      language,
    );
    return JSON.parse(JSON.stringify(found).replaceAll(`${folder}/`, '')) as typeof found;
  });
}

function right(place: string): Explanation {
  const explanation = explained(place);
  if ('problem' in explanation) throw new Error(explanation.problem);
  return explanation;
}

test('a component is its fields after $ref, each with the place where it is written', () => {
  const { component, value, place, origins } = right('/streams/0/retriever/requester');
  expect(component).toMatchObject({ type: 'HttpRequester', kind: 'requester' });
  expect(value).toMatchObject({ url_base: 'https://example.com', http_method: 'GET', path: 'people' });
  expect(place).toEqual({ file: 'streams/users.yaml', line: 7, column: 3 });
  expect(origins).toMatchObject({
    '/url_base': { file: 'manifest.yaml', line: 11 },
    '/http_method': { file: 'streams/users.yaml', line: 9 },
  });
});

test('what $parameters and default types give is told apart from what is written', () => {
  const { origins, parameters, value } = right('users.retriever');
  expect(origins['/requester/path']).toMatchObject({ file: 'streams/users.yaml', line: 4, by: '$parameters' });
  expect(origins['/type']).toEqual({ by: 'the default type' });
  expect(origins['/record_selector/type']).not.toHaveProperty('by');
  expect(parameters).toEqual({ path: 'people', primary_key: 'id' });
  expect(JSON.stringify(value)).not.toContain('$parameters');
});

test('the fields are described, and those that are left out have their defaults', () => {
  const { fields, defaults, otherFields } = right('users.retriever.requester');
  expect(fields.find(({ name }) => name === 'path')?.variables).toContain('stream_partition');
  expect(defaults).toEqual({ use_cache: false });
  expect(otherFields).toContain('authenticator');
});

test('a place inside a field is explained by the field', () => {
  const { component, field, value } = right('users.retriever.record_selector.extractor.field_path[0]');
  expect([component?.type, field?.name, value]).toEqual(['DpathExtractor', 'field_path', 'data']);
});

test.each([
  ['/streams/0/retriever', '/streams/0/retriever'],
  ['#/definitions/requester', '/definitions/requester'],
  ['', ''],
  ['streams.users.retriever', '/streams/0/retriever'],
  ['users', '/streams/0'],
  ['user.groups.retriever', '/streams/1/retriever'],
  ['streams[1].name', '/streams/1/name'],
  ['streams.1.name', '/streams/1/name'],
  ['streams/users.yaml:1', '/streams/0'],
  ['streams/users.yaml:14', '/streams/0/retriever/record_selector/extractor/field_path'],
  ['streams/users.yaml:14:24', '/streams/0/retriever/record_selector/extractor/field_path/0'],
  ['manifest.yaml:11', '/streams/0/retriever/requester/url_base'],
  ['manifest.yaml:7', '/streams/1/name'],
])('%j means %j', (place, pointer) => {
  expect(right(place).pointer).toBe(pointer);
});

test('a line that several places use says how many', () => {
  expect(right('manifest.yaml:11').uses).toBe(2);
  expect(right('streams/users.yaml:2').uses).toBe(1);
});

test.each([
  ['users.retreiver', 'there is no "retreiver" in streams.users. Did you mean "retriever"?'],
  ['/streams/7', 'there is no "7" in streams.'],
  ['zzzzzzzz', 'There is "type", "version", "check"'],
  ['elsewhere.yaml:3', 'the manifest does not refer to a file "elsewhere.yaml".'],
  ['manifest.yaml:99', 'has 13 lines, no line 99'],
])('%j is no place, and what is near is offered', (place, words) => {
  expect(explained(place)).toMatchObject({ problem: expect.stringContaining(words) as string });
});

test('the text is YAML with places as comments, then parameters, defaults and fields', () => {
  const text = explanationText(right('users.retriever.requester'), (_style, words) => words);
  expect(text).toMatch(/^streams\.users\.retriever\.requester: HttpRequester, at streams\/users\.yaml:7:3\.\n/);
  expect(text).toMatch(/^url_base: https:\/\/example\.com +# manifest\.yaml:11$/m);
  expect(text).toMatch(/^path: people +# streams\/users\.yaml:4, by \$parameters$/m);
  expect(text).toMatch(/^Parameters in force:\n {2}path: people$/m);
  expect(text).toMatch(/^Defaults that apply:\n {2}use_cache: false$/m);
  expect(text).toMatch(/^ {2}path \(text\)\n {4}\S.*\n {4}Templates know config, parameters/m);
  const [, yaml = ''] = text.split('\n\n');
  expect(parse(yaml)).toEqual(right('users.retriever.requester').value);
});
