// Streams that are made of a template: by entries of the config, records of the server, values of the manifest.
import { expect, test } from 'vitest';
import { allStreams, namedStreams } from '../../engine/run/select.ts';
import type { JsonObject } from '../../engine/text/json.ts';
import { all, build, fakeSend, reply, rowTexts } from '../support/component.ts';

/** A source with one static stream and one dynamic definition. */
const source = (dynamic: string): string => `
type: DeclarativeSource
version: "7"
check: { stream_names: [] }
streams:
  - name: users
    retriever: { requester: { url: https://example.com/users }, record_selector: { extractor: { field_path: [] } } }
dynamic_streams:
  - name: reports
${dynamic.replaceAll(/^/gm, '    ')}`;

const TEMPLATE = `
stream_template:
  name: ""
  primary_key: []
  retriever:
    requester: { url_base: https://example.com, path: "", http_method: POST, request_body_json: { query: none } }
    record_selector: { extractor: { field_path: [] } }`;

const NAME = `- { field_path: [name], value: "{{ components_values['name'] }}" }`;

const fromConfig = (mappings: string, more = ''): string =>
  source(`${TEMPLATE}
components_resolver:
  type: ConfigComponentsResolver
  stream_config: { configs_pointer: [reports]${more} }
  components_mapping:
    ${mappings.trim().replaceAll('\n', '\n    ')}`);

const built = (yaml: string, config: JsonObject) => build('source', yaml, { config }).component;
const namesOf = async (yaml: string, config: JsonObject): Promise<string[]> =>
  (await allStreams(built(yaml, config))).map(({ name }) => name);

/** What the stream of a name requests. */
async function requestOf(yaml: string, config: JsonObject, name: string) {
  const { send, sent } = fakeSend({ 'POST /': () => reply(200, []), 'POST /r/1': () => reply(200, []) });
  const [stream] = await namedStreams(build('source', yaml, { config, send }).component, [name]);
  const rows = await stream?.retriever.retrieve({ values: {}, extraFields: {} });
  await all(rows ?? (async function* () {})());
  return sent[0];
}

test('each entry of the config makes a stream, after those of the manifest', async () => {
  const config = { reports: [{ name: 'sales' }, { name: '007' }] };
  expect(await namesOf(fromConfig(NAME), config)).toEqual(['users', 'sales', '007']);
  expect(await namesOf(fromConfig(NAME), { reports: { name: 'one' } })).toEqual(['users', 'one']);
});

test.each([{}, { reports: [] }, { reports: null }])('the config %j makes none', async (config) => {
  expect(await namesOf(fromConfig(NAME), config)).toEqual(['users']);
});

test('entries that the manifest lists are there whatever the config says', async () => {
  expect(await namesOf(fromConfig(NAME, ', default_values: [{ name: all }]'), {})).toEqual(['users', 'all']);
});

test('of several lists every combination makes a stream', async () => {
  const yaml = source(`${TEMPLATE}
components_resolver:
  type: ConfigComponentsResolver
  stream_config: [{ configs_pointer: [regions] }, { configs_pointer: [years] }]
  components_mapping:
    - { field_path: [name], value: "{{ components_values.region }}_{{ components_values.source_config_1[1] }}" }`);
  const config = { regions: [{ region: 'eu' }, { region: 'us' }], years: [2025, 2026] };
  expect(await namesOf(yaml, config)).toEqual(['users', 'eu_2025', 'eu_2026', 'us_2025', 'us_2026']);
});

test('values that the manifest lists make streams', async () => {
  const yaml = source(`${TEMPLATE}
components_resolver:
  type: ParametrizedComponentsResolver
  stream_parameters: { list_of_parameters_for_stream: [{ name: a }, { name: b }] }
  components_mapping: [${NAME.slice(2)}]`);
  expect(await namesOf(yaml, {})).toEqual(['users', 'a', 'b']);
});

test('what a value puts into a request is data, never a template', async () => {
  const sql = 'select \'{{ config["key"] }}\', "\\n" {% raw %}\nfrom {#x#}';
  const mappings = `${NAME}
- { field_path: [retriever, requester, request_body_json, query], value: "{{ components_values.sql }}" }`;
  const config = { key: 'secret', reports: [{ name: 'sales', sql }] };
  expect((await requestOf(fromConfig(mappings), config, 'sales'))?.bodyJson).toEqual({ query: sql });
});

test.each([
  ['a number keeps its type', "value: '{{ components_values.id }}'", 1],
  ['a text around it makes it text', "value: 'n{{ components_values.id }}'", 'n1'],
  ['value_type turns it', "value: '{{ components_values.id }}', value_type: string", '1'],
  ['a list may be written as text', "value: '[a, 2]'", ['a', 2]],
  ['the template can be looked at', 'value: \'{{ stream_template_config.name == "" }}\'', true],
  ['a condition that is false leaves the template', "value: x, condition: '{{ components_values.id > 1 }}'", 'none'],
])('%s', async (_, value, expected) => {
  const mappings = `${NAME}\n- { field_path: [retriever, requester, request_body_json, query], ${value} }`;
  const request = await requestOf(fromConfig(mappings), { reports: [{ name: 'a', id: 1 }] }, 'a');
  expect(request?.bodyJson).toEqual({ query: expected });
});

test('wildcards lead to every place; a place that is not there is made only when the mapping says so', async () => {
  const mappings = `${NAME}
- { field_path: ["**", path], value: "r/1" }
- { field_path: [retriever, requester, request_headers, X-A], value: a, create_or_update: true }
- { field_path: [retriever, requester, request_parameters], value: b }`;
  const request = await requestOf(fromConfig(mappings), { reports: [{ name: 'a' }] }, 'a');
  expect(request).toMatchObject({ url: 'https://example.com/r/1', headers: { 'X-A': 'a' }, params: {} });
});

test.each([
  ['true', 'https://example.com/r/1'],
  ['false', 'https://example.com'],
])('with use_parent_parameters: %s the request goes to %s', async (first, url) => {
  const yaml = source(`use_parent_parameters: ${first}
stream_template:
  name: ""
  $parameters: { entity: "" }
  retriever:
    requester: { url_base: https://example.com, path: "{{ parameters.entity }}", http_method: POST }
    record_selector: { extractor: { field_path: [] } }
components_resolver:
  type: ConfigComponentsResolver
  stream_config: { configs_pointer: [reports] }
  components_mapping:
    - { field_path: [name], value: a }
    - { field_path: [$parameters, entity], value: r/1 }`);
  expect((await requestOf(yaml, { reports: [{}] }, 'a'))?.url).toBe(url);
});

test('two streams of one name are an error, also when one is of the manifest', async () => {
  const twice = namesOf(fromConfig(NAME), { reports: [{ name: 'a' }, { name: 'a' }] });
  await expect(twice).rejects.toThrow('There are two streams "a". Give one of them another name in the config.');
  await expect(namesOf(fromConfig(NAME), { reports: [{ name: 'users' }] })).rejects.toThrow('two streams "users"');
});

test.each(['', 7, null])('a stream cannot be called %j', async (name) => {
  await expect(namesOf(fromConfig(NAME), { reports: [{ name }] })).rejects.toThrow('reports: a stream needs a name');
});

const fromServer = source(`stable_prefix: "r{{ stream_slice['id'] }}_"
${TEMPLATE.trim()}
components_resolver:
  type: HttpComponentsResolver
  retriever:
    requester: { url_base: https://example.com, path: "about/{{ stream_partition.id }}" }
    partition_router: { type: ListPartitionRouter, cursor_field: id, values: "{{ config['ids'] }}" }
    record_selector: { extractor: { field_path: [] } }
  components_mapping:
    - { field_path: [name], value: "r{{ stream_slice.id }}_{{ components_values.name }}" }
    - { field_path: [retriever, requester, path], value: "r/{{ stream_slice.id }}" }`);

/** The server knows 1 and 2, and refuses 3. */
const server = () =>
  fakeSend({
    'GET /about/1': () => reply(200, { name: 'sales' }),
    'GET /about/2': () => reply(200, { name: 'costs' }),
    'GET /about/3': () => {
      throw new Error('forbidden');
    },
    'POST /r/1': () => reply(200, [{ a: 1 }]),
  });

test('each record of the server makes a stream', async () => {
  const { send, sent } = server();
  const streams = await allStreams(build('source', fromServer, { config: { ids: [1, 2] }, send }).component);
  expect(streams.map(({ name }) => name)).toEqual(['users', 'r1_sales', 'r2_costs']);
  expect(sent.every(({ options }) => options.name === 'reports')).toBe(true);
});

test('without a stream to look for nothing is asked', async () => {
  const { send, sent } = server();
  await namedStreams(build('source', fromServer, { config: { ids: [1, 2] }, send }).component, ['users']);
  expect(sent).toEqual([]);
});

test('a stream keeps its name in the catalog when what follows the stable start changes on the server', async () => {
  const { send } = server();
  const [stream] = await namedStreams(build('source', fromServer, { config: { ids: [1] }, send }).component, [
    'r1_old',
  ]);
  expect(stream?.name).toBe('r1_old');
  const rows = await stream?.retriever.retrieve({ values: {}, extraFields: {} });
  expect(rows && (await rowTexts(rows))).toEqual(['{"a":1}']);
});

test('a stream that cannot be had fails alone when it is read, and fails discovery', async () => {
  const { send } = server();
  const { component } = build('source', fromServer, { config: { ids: [3, 1] }, send });
  const [one, three, four] = await namedStreams(component, ['r1_sales', 'r3_lost', 'r4_none']);
  expect(one?.retriever.partitions).toBeTypeOf('function');
  expect(() => three?.retriever.partitions()).toThrow('forbidden');
  expect(() => four?.retriever.partitions()).toThrow('There is no stream "r4_none"');
  await expect(allStreams(component)).rejects.toThrow('forbidden');
});
