// A manifest of the kind that the reference engine ran for this source: six streams, each with its requester in full, dashboards
// found through the items of every collection. Written for the measurements; its 90 kB are also what `validate` is measured with.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';

const schemas = join(import.meta.dirname, '..', '..', 'schemas');

/** Without its descriptions: the upstream schemas have none. */
const schemaOf = (name: string): unknown =>
  JSON.parse(readFileSync(join(schemas, `${name}.json`), 'utf8'), (key, value: unknown) =>
    key === 'description' && typeof value === 'string' ? undefined : value,
  );

const requester = (path: string) => ({
  type: 'HttpRequester',
  url_base: "{{ config['instance_api_url'] }}",
  path,
  http_method: 'GET',
  authenticator: {
    type: 'LegacySessionTokenAuthenticator',
    username: "{{ config['username'] }}",
    password: "{{ config['password'] }}",
    header: 'X-Metabase-Session',
    session_token: "{{ config['session_token'] }}",
    session_token_response_key: 'id',
    login_url: 'session',
    validate_session_url: 'user/current',
  },
});

const extracted = (...fieldPath: string[]) => ({
  type: 'RecordSelector',
  extractor: { type: 'DpathExtractor', field_path: fieldPath },
});

const retriever = (path: string, ...fieldPath: string[]) => ({
  type: 'SimpleRetriever',
  requester: requester(path),
  record_selector: extracted(...fieldPath),
});

const stream = (name: string, retrieverOfIt: object, schema = schemaOf(name)) => ({
  type: 'DeclarativeStream',
  name,
  primary_key: ['id'],
  retriever: retrieverOfIt,
  schema_loader: { type: 'InlineSchemaLoader', schema },
});

/** One request for each record of the parent. */
const forEach = (parent: object) => ({
  type: 'SubstreamPartitionRouter',
  parent_stream_configs: [{ type: 'ParentStreamConfig', parent_key: 'id', partition_field: 'id', stream: parent }],
});

export function referenceManifest(): string {
  const collections = () => stream('collections', retriever('collection'));
  const items = () =>
    stream(
      'collections_items_dashboards',
      {
        ...retriever('collection/{{ stream_slice.id }}/items?models=dashboard', 'data'),
        partition_router: forEach(collections()),
      },
      { type: 'object', additionalProperties: true, properties: {} },
    );
  const dashboards = () =>
    stream('dashboards', { ...retriever('dashboard/{{ stream_slice.id }}'), partition_router: forEach(items()) });
  const streams = () => [
    stream('cards', retriever('card')),
    collections(),
    dashboards(),
    stream('users', retriever('user', 'data')),
    stream('databases', retriever('database', 'data')),
    stream('native_query_snippets', retriever('native-query-snippet')),
  ];
  return stringify(
    {
      version: '4.3.0',
      type: 'DeclarativeSource',
      check: { type: 'CheckStream', stream_names: ['dashboards'] },
      // As upstream's, it says things twice.
      definitions: { dashboards: dashboards() },
      streams: streams(),
      spec: {
        type: 'Spec',
        connection_specification: {
          $schema: 'http://json-schema.org/draft-07/schema#',
          type: 'object',
          required: ['instance_api_url'],
          properties: {
            instance_api_url: { type: 'string' },
            username: { type: 'string' },
            password: { type: 'string', airbyte_secret: true },
            session_token: { type: 'string', airbyte_secret: true },
          },
        },
      },
    },
    { aliasDuplicateObjects: false },
  );
}
