// What the documents say of a stream, taken from the resolved manifest.

export interface Schema {
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
}

interface SchemaLoader {
  type?: string;
  schema?: Schema;
  file_path?: string;
}

interface Requester {
  http_method?: string;
  url_base?: string;
  url?: string;
  path?: string;
  request_parameters?: Record<string, unknown> | string;
}

interface PartitionRouter {
  parent_stream_configs?: { stream: StreamNode }[];
  cursor_field?: string;
  values?: string[] | string;
  request_option?: { inject_into: string; field_name: string };
}

export interface StreamNode {
  name: string;
  primary_key?: string | (string | string[])[];
  availability?: { needs: string };
  incremental_sync?: { cursor_field?: string };
  retriever: { requester?: Requester; partition_router?: PartitionRouter | PartitionRouter[] };
  schema_loader?: SchemaLoader | SchemaLoader[];
}

/** Streams that are made from what the config or the server holds: their template stands for all of them. */
export interface DynamicStreamNode {
  name?: string;
  stream_template: StreamNode;
}

export interface ManifestNode {
  streams?: StreamNode[];
  dynamic_streams?: DynamicStreamNode[];
}

/** The streams, then the templates of the dynamic ones under the names that these have in common. */
export const documentedNodes = ({ streams = [], dynamic_streams = [] }: ManifestNode): StreamNode[] => [
  ...streams,
  ...dynamic_streams.map(({ name, stream_template }) => ({ ...stream_template, name: name ?? stream_template.name })),
];

const routersOf = ({ retriever }: StreamNode): PartitionRouter[] => [retriever.partition_router ?? []].flat();

/** The streams whose records make the requests of this one. */
export const parentsOf = (stream: StreamNode): StreamNode[] =>
  routersOf(stream).flatMap(({ parent_stream_configs = [] }) =>
    parent_stream_configs.map(({ stream: parent }) => parent),
  );

/** A template as a reader of paths writes it: `{{ stream_partition.id }}` is `:id`. */
const withoutTemplates = (text: string): string =>
  text.replaceAll(/\{\{.*?\}\}/g, (template) => `:${/(\w+)\W*$/.exec(template)?.[1] ?? 'value'}`);

function queryOf({ request_parameters: parameters = {} }: Requester, routers: PartitionRouter[]): string[] {
  if (typeof parameters === 'string') return [withoutTemplates(parameters)];
  const fixed = Object.entries(parameters).map(([name, value]) => `${name}=${withoutTemplates(String(value))}`);
  const varied = routers.flatMap(({ values = [], request_option: option }) =>
    option?.inject_into === 'request_parameter'
      ? [`${option.field_name}=${typeof values === 'string' ? withoutTemplates(values) : values.join('|')}`]
      : [],
  );
  return [...fixed, ...varied];
}

/** The path of a URL, as far as it is written and not taken from the config. */
const pathOf = (url: string): string => withoutTemplates(url).replace(/^(?:https?:\/\/[^/]*|:\w+)/, '');

/** `GET /dashboard/:id`, those of the parents after it; `base` stands before paths whose address the config gives. */
export function endpointsOf(stream: StreamNode, base = ''): string[] {
  const { requester } = stream.retriever;
  const parents = parentsOf(stream).flatMap((parent) => endpointsOf(parent, base));
  if (!requester) return [...new Set(parents)];
  const { url, url_base = '', path = '', http_method = 'GET' } = requester;
  const query = queryOf(requester, routersOf(stream)).join('&');
  const parts = [pathOf(url ?? url_base) || base, withoutTemplates(path)].map((part) => part.replace(/^\/|\/$/g, ''));
  const own = `${http_method} /${parts.filter((part) => part !== '').join('/')}${query === '' ? '' : `?${query}`}`;
  return [...new Set([own, ...parents])];
}

/** The names of the key's fields. */
export const keyOf = ({ primary_key = [] }: StreamNode): string[] =>
  [primary_key].flat(1).map((part) => [part].flat().join('.'));

/** The fields that the schemas declare; those in files are read by `schemaIn`. */
export const fieldsOf = (
  { name, schema_loader = [] }: StreamNode,
  schemaIn: (path: string) => Schema = () => ({}),
): [string, Schema][] =>
  [schema_loader].flat().flatMap(({ type, schema, file_path = `schemas/${name}.json` }) => {
    const declared = type === 'JsonFileSchemaLoader' ? schemaIn(file_path) : schema;
    return Object.entries(declared?.properties ?? {});
  });
