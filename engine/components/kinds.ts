// What a component of each kind does once it is built: the interfaces by which components know one another.
import type { JsonObject } from '../text/json.ts';
import type { Row } from '../text/row.ts';
import type { Variables } from '../text/template.ts';
import type {
  Authenticator,
  ErrorHandler,
  Outcome,
  OutgoingRequest,
  PartialParts,
  Partition,
  Reply,
  RequestContext,
  Requester,
  Verdict,
} from './request-kinds.ts';
import type { Change, Check, DynamicStream, Resolved, Source, Specification } from './source-kinds.ts';
import type {
  IncrementalSync,
  PageRows,
  PaginationStrategy,
  Paginator,
  Parent,
  PartitionRouter,
  Retriever,
  Stream,
} from './stream-kinds.ts';
export type * from './request-kinds.ts';
export type * from './source-kinds.ts';
export type * from './stream-kinds.ts';

/** What a component of each kind becomes when it is built. */
export interface Kinds {
  authenticator: Authenticator;
  availability: {
    readonly needs: string;
    /** Left out: the stream's own first request tells. */
    readonly isOffered: ((context: RequestContext) => Promise<boolean>) | undefined;
  };
  backoff: {
    readonly delaySeconds: (outcome: Outcome, attempt: number) => number | undefined | Promise<number | undefined>;
  };
  check: Check;
  concurrency: { readonly level: number };
  component_mapping: { readonly change: (variables: Variables) => Change | undefined };
  components_resolver: { readonly resolve: (template: JsonObject) => AsyncIterable<Resolved> };
  config_migration: { readonly apply: (config: JsonObject) => void };
  config_transformation: { readonly apply: (config: JsonObject) => void };
  config_validation: { readonly validate: (config: JsonObject) => Promise<unknown> };
  decoder: { readonly decode: (reply: Reply) => AsyncIterable<Uint8Array> };
  dynamic_stream: DynamicStream;
  error_handler: ErrorHandler;
  extractor: { readonly extract: (document: AsyncIterable<Uint8Array>) => AsyncIterable<Row> };
  field: { readonly path: readonly string[]; readonly value: (variables: Variables) => unknown };
  filter: { readonly keeps: (variables: Variables) => boolean };
  datetime: { readonly moment: (format: string) => number };
  incremental_sync: IncrementalSync;
  pagination_strategy: PaginationStrategy;
  paginator: Paginator;
  record_expander: never;
  parent: Parent;
  partition_router: PartitionRouter;
  request_authentication: { readonly credentials: (token: string) => PartialParts };
  request_body: { readonly parts: (variables: Variables) => Partial<OutgoingRequest> };
  request_option: {
    readonly parts: (value: unknown) => PartialParts;
    /** The value is the path of the request. */
    readonly isPath?: boolean;
  };
  requester: Requester;
  response_filter: { readonly match: (outcome: Outcome) => Promise<Verdict | undefined> };
  retriever: Retriever;
  schema_loader: { readonly load: () => JsonObject | Promise<JsonObject> };
  /** The properties that a description of fields names. */
  schema_types: { readonly properties: (description: unknown) => JsonObject };
  selector: {
    readonly select: (document: AsyncIterable<Uint8Array>, partition: Partition, page?: PageRows) => AsyncIterable<Row>;
  };
  source: Source;
  spec: Specification;
  stream: Stream;
  stream_config: { readonly entries: () => unknown[] };
  stream_parameters: { readonly sets: readonly JsonObject[] };
  /** `variables` have the record too. */
  transformation: { readonly transform: (record: JsonObject, variables: Variables) => void };
  types_map: {
    /** The type that takes the place of another; undefined when this one does not apply. */
    readonly targetOf: (type: unknown, field: unknown) => unknown;
  };
  validation_strategy: { readonly validate: (value: unknown, what: string) => Promise<void> };
}

export type Kind = keyof Kinds;

/** A component of a kind, not built yet: opaque to its holder, who asks the scope to build it. */
export interface Slot<K extends Kind> {
  readonly kind: K;
  /** What the manifest calls it, for kinds whose components have names. */
  readonly name: string;
}
