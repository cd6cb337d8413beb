// Types that need not be written, and $parameters that flow down: as manifest_component_transformer.py of airbyte-cdk.
import { expect, test } from 'vitest';
import { valueAt } from '../../engine/text/json-path.ts';
import { readFiles } from '../support/manifest.ts';

/** A source of one stream with these lines in it. */
function readStream(lines: string) {
  const head = 'version: "7"\ntype: DeclarativeSource\ncheck: { type: CheckStream, stream_names: [users] }\nstreams:\n';
  const { tree, texts } = readFiles({
    'manifest.yaml': `${head}  - type: DeclarativeStream\n${lines.replaceAll(/^/gm, '    ')}`,
  });
  const at = (path: string): unknown => valueAt(tree, ['streams', '0', ...path.split('.')]);
  return { at, texts };
}

const retriever =
  'retriever:\n  requester: { url_base: https://example.com }\n  record_selector: { extractor: { field_path: [] } }';

test('a type that the place gives is filled in', () => {
  const { at, texts } = readStream(`name: users\nschema_loader: {}\n${retriever}`);
  expect(texts).toEqual([]);
  expect(at('retriever.type')).toBe('SimpleRetriever');
  expect(at('retriever.requester.type')).toBe('HttpRequester');
  expect(at('retriever.record_selector.extractor.type')).toBe('DpathExtractor');
  expect(at('schema_loader.type')).toBe('JsonFileSchemaLoader');
});

test('parameters fill the fields of nested components that have none, at any depth', () => {
  const { at, texts } = readStream(`$parameters: { name: users, path: /users, primary_key: id }\n${retriever}`);
  expect(texts).toEqual([]);
  expect([at('name'), at('primary_key'), at('retriever.requester.path')]).toEqual(['users', 'id', '/users']);
  expect(at('retriever.record_selector.path')).toBeUndefined();
});

test('what a component says itself wins over parameters, and inner parameters over outer ones', () => {
  const { at } = readStream(
    `name: users\n$parameters: { name: other, path: outer, url: x }\nretriever:\n  $parameters: { path: inner }\n  requester: { url_base: https://example.com, http_method: POST }\n  record_selector: { extractor: { field_path: [] } }`,
  );
  expect([at('name'), at('retriever.requester.path'), at('retriever.requester.http_method')]).toEqual([
    'users',
    'inner',
    'POST',
  ]);
  expect(at('retriever.requester.$parameters')).toEqual({ name: 'other', path: 'inner', url: 'x' });
});

test('an empty field counts as not written, as in the reference engine', () => {
  const { at } = readStream(`name: ""\n$parameters: { name: users }\n${retriever}`);
  expect(at('name')).toBe('users');
});

test('a parameter does not flow into the component of the field it fills', () => {
  const { at, texts } = readStream(
    `name: users\n$parameters: { authenticator: { type: BearerAuthenticator, api_token: x } }\n${retriever}`,
  );
  expect(texts).toEqual([]);
  expect(at('retriever.requester.authenticator.api_token')).toBe('x');
  expect(at('retriever.requester.authenticator.$parameters.authenticator')).toBeUndefined();
});

test('a template may use a parameter, and a problem in a parameter is reported where it is written', () => {
  const lines = `name: users\n$parameters:\n  entity: users\n  path: "{{ parameters.entity }}{{ nowhere }}"\n${retriever}`;
  const { texts } = readStream(lines);
  expect(texts).toHaveLength(1);
  expect(texts[0]).toMatch(/^manifest.yaml:9:40 there is no "nowhere" here/);
});

test('parameters flow into each component of a list and of a map', () => {
  const { at, texts } = readStream(
    `name: users\n$parameters: { api_token: x }\nretriever:\n  requester:\n    url_base: https://example.com\n    authenticator:\n      type: SelectiveAuthenticator\n      authenticator_selection_path: [a]\n      authenticators:\n        b: { type: BearerAuthenticator }\n  record_selector: { extractor: { field_path: [] } }\n  partition_router:\n    - { type: ListPartitionRouter, cursor_field: c, $parameters: { values: [1] } }`,
  );
  expect(texts).toEqual([]);
  expect(at('retriever.requester.authenticator.authenticators.b.api_token')).toBe('x');
  expect(at('retriever.partition_router.0.values')).toEqual([1]);
});

test('a definition that two streams use gets the parameters of each', () => {
  const stream = (name: string, path: string) =>
    `  - name: ${name}\n    $parameters: { path: ${path} }\n    retriever: { $ref: "#/definitions/retriever" }\n`;
  const definition = `definitions:\n  retriever:\n    requester: { url_base: https://example.com }\n    record_selector: { extractor: { field_path: [] } }\n`;
  const { tree, texts } = readFiles({
    'manifest.yaml': `version: "7"\ncheck: { type: CheckStream, stream_names: [a] }\nstreams:\n${stream('a', 'x')}${stream('b', 'y')}${definition}`,
  });
  const pathOf = (index: string) => valueAt(tree, ['streams', index, 'retriever', 'requester', 'path']);
  expect(texts).toEqual([]);
  expect([pathOf('0'), pathOf('1')]).toEqual(['x', 'y']);
});
