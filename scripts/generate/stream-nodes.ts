// What the documents say of a stream, taken from the resolved manifest and from the head comment of its file.

export interface Schema {
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
}

interface Requester {
  http_method?: string;
  path?: string;
  request_parameters?: Record<string, unknown>;
}

interface PartitionRouter {
  parent_stream_configs?: { stream: StreamNode }[];
  cursor_field?: string;
  values?: string[];
  request_option?: { inject_into: string; field_name: string };
}

export interface StreamNode {
  name: string;
  primary_key?: string | (string | string[])[];
  availability?: { needs: string };
  incremental_sync?: object;
  retriever: { requester: Requester; partition_router?: PartitionRouter | PartitionRouter[] };
  schema_loader?: { schema?: Schema };
}

/** Streams that are made from what the config or the server holds: their template stands for all of them. */
export interface DynamicStreamNode {
  name: string;
  stream_template: StreamNode;
}

export interface ManifestNode {
  streams: StreamNode[];
  dynamic_streams?: DynamicStreamNode[];
}

/** The streams, then the templates of the dynamic ones under the names that these have in common. */
export const documentedNodes = ({ streams, dynamic_streams = [] }: ManifestNode): StreamNode[] => [
  ...streams,
  ...dynamic_streams.map(({ name, stream_template }) => ({ ...stream_template, name })),
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

function queryOf({ request_parameters = {} }: Requester, routers: PartitionRouter[]): string[] {
  const fixed = Object.entries(request_parameters).map(([name, value]) => `${name}=${withoutTemplates(String(value))}`);
  const varied = routers.flatMap(({ values = [], request_option: option }) =>
    option?.inject_into === 'request_parameter' ? [`${option.field_name}=${values.join('|')}`] : [],
  );
  return [...fixed, ...varied];
}

/** `GET /api/dashboard/:id`, those of the parents after it. */
export function endpointsOf(stream: StreamNode): string[] {
  const { requester } = stream.retriever;
  const query = queryOf(requester, routersOf(stream)).join('&');
  const path = `/api/${withoutTemplates(requester.path ?? '').replace(/^\//, '')}`;
  const own = `${requester.http_method ?? 'GET'} ${path}${query === '' ? '' : `?${query}`}`;
  return [...new Set([own, ...parentsOf(stream).flatMap(endpointsOf)])];
}

/** The names of the key's fields. */
export const keyOf = ({ primary_key = [] }: StreamNode): string[] =>
  [primary_key].flat(1).map((part) => [part].flat().join('.'));

export interface HeadComment {
  /** What the stream is: the first sentence of the paragraphs. */
  readonly summary: string;
  readonly paragraphs: readonly string[];
  /** `Rights: …`, `Versions: …`, `Requests: …`, `Personal data: …` */
  readonly facts: ReadonlyMap<string, string>;
}

const LABELS = /^(Rights|Versions|Requests|Personal data): +(.*)$/;

/** Reads the comment at the head of a stream's YAML. An empty comment line ends a paragraph or a fact. */
export function headCommentOf(yaml: string): HeadComment {
  const lines = yaml.split('\n').slice(
    0,
    yaml.split('\n').findIndex((line) => !line.startsWith('#')),
  );
  const parts: { label: string; text: string }[] = [];
  let isOpen = false;
  for (const line of lines.map((text) => text.replace(/^#\s?/, '').trim())) {
    if (line.startsWith('yaml-language-server:')) continue;
    const [, label = '', text = line] = LABELS.exec(line) ?? [];
    const last = isOpen ? parts.at(-1) : undefined;
    if (line !== '' && label === '' && last) last.text += ` ${line}`;
    else if (line !== '') parts.push({ label, text });
    isOpen = line !== '';
  }
  const paragraphs = parts.filter(({ label }) => label === '').map(({ text }) => text);
  return {
    paragraphs,
    summary: /^.*?[.](?=\s|$)/.exec(paragraphs[0] ?? '')?.[0] ?? paragraphs[0] ?? '',
    facts: new Map(parts.filter(({ label }) => label !== '').map(({ label, text }) => [label, text])),
  };
}
