// What each kind of component does once it is built: the interfaces by which components know one another.
import type { EngineError, FailureType } from '../errors.ts';
import type { JsonObject } from '../text/json.ts';
import type { Row } from '../text/row.ts';
import type { Variables } from '../text/template.ts';

/** One part of a stream that is requested on its own, such as one parent record. */
export interface Partition {
  /** What `stream_slice` gives to templates. */
  readonly values: JsonObject;
  /** Fields of the parent record, by their path joined with dots: `stream_slice.extra_fields`. */
  readonly extraFields: JsonObject;
  /** The record of the parent stream that it was made of. */
  readonly parentRecord?: Row | undefined;
}

/** Where something can be put into a request. */
export interface RequestParts {
  headers: Record<string, string>;
  /** A list repeats its key; null and empty text leave the key out. */
  params: Record<string, unknown>;
  bodyJson: JsonObject;
  bodyForm: Record<string, unknown>;
}

/** Parts of a request, any of them. */
export type PartialParts = Partial<RequestParts>;

/** A request before it is encoded; credentials are put in when it is sent. */
export interface OutgoingRequest extends RequestParts {
  method: string;
  url: string;
  /** A body that is plain text. */
  bodyText: string | undefined;
}

/** A reply whose body has not been read yet. */
export interface Reply {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  /** The body in chunks. Read it once; after `text` or `json` it is given again from memory. */
  readonly body: () => AsyncIterable<Uint8Array>;
  readonly text: () => Promise<string>;
  /** The parsed body; undefined when it is not JSON. */
  readonly json: () => Promise<unknown>;
  /** The first character of the body that is no blank, empty when there is none; the body can still be read. */
  readonly opening: () => Promise<string>;
  /** The first bytes that were read of the body, as text, for messages. */
  readonly excerpt: () => string;
}

/** A reply that was sent for: when its body turns out broken it can be asked for again, with the retries that are left. */
export interface SentReply extends Reply {
  /** Throws `error` when no attempt is left. */
  readonly again: (error: EngineError) => Promise<SentReply | undefined>;
}

/** What came of sending a request: a reply, or the error of a connection that gave none. */
export type Outcome = { readonly reply: Reply } | { readonly error: Error };

/** What an error handler makes of an outcome. */
export interface Verdict {
  readonly action: 'SUCCESS' | 'FAIL' | 'RETRY' | 'IGNORE' | 'RATE_LIMITED';
  readonly failureType: FailureType;
  /** For the user. */
  readonly message?: string | undefined;
  /** The response filter that decided, and how often it may ask for another attempt, if it says so. */
  readonly filter?: unknown;
  readonly maxRetries?: number | undefined;
}

export interface ErrorHandler {
  readonly judge: (outcome: Outcome) => Promise<Verdict>;
  /** Seconds to wait before the next attempt, as the manifest's strategies say; undefined when they do not say. */
  readonly delaySeconds: (outcome: Outcome, attempt: number) => Promise<number | undefined>;
  readonly maxRetries: number;
}

export interface Authenticator {
  /** The credentials for one request; logs in if that is needed. Throws ConfigError when they are rejected. */
  readonly credentials: () => Promise<PartialParts>;
  /** After a 401 for these credentials: true when there are others to try. */
  readonly renew?: (rejected: PartialParts) => Promise<boolean>;
  /** Gives back what was opened. */
  readonly close?: () => Promise<void>;
}

export interface Requester {
  /** The reply to one request; undefined when an error handler says to ignore it. Throws EngineError. */
  readonly send: (context: RequestContext) => Promise<SentReply | undefined>;
  /** False when the server refuses the request for good: 402, 403 or 404, unless an error handler ignores it and nothing takes its place. */
  readonly isOffered: (context: RequestContext) => Promise<boolean>;
}

export interface RequestContext {
  /** Another request takes its place when its reply is ignored. */
  hasFallback?: boolean | undefined;
  partition?: Partition;
  /** What partition routers inject. */
  inject?: PartialParts;
  /** Credentials that are not the requester's own, such as a token to validate. */
  credentials?: PartialParts;
  /** Statuses that are an answer here, not an error: the reply is then undefined. */
  ignore?: readonly number[];
  /** The page token, and what stands in the place of the path because of it. */
  token?: unknown;
  path?: string | undefined;
  /** A page after the first: its reader waits for it. */
  isNextPage?: boolean;
  /** Others wait for this request. */
  isUrgent?: boolean;
  /** The reader of the reply sends requests of its own. */
  isParent?: boolean | undefined;
  /** How many retrievers send the same requests. */
  users?: (() => number) | undefined;
}

/** Told of the rows of a page while they are selected. */
export interface PageRows {
  readonly token: unknown;
  /** False for a row that is left out besides those of the filter. */
  readonly keeps: (row: Row) => boolean;
  /** A row that the reply has. */
  readonly found: (row: Row) => void;
  /** A row that is left, transformed. */
  readonly kept: (row: Row) => void;
}

/** A page that has been read. */
export interface Page {
  readonly reply: Reply;
  readonly partition: Partition;
  /** What it was asked for with; undefined for a first page that needs none. */
  readonly token: unknown;
  /** Records of the reply, and those that the filter left. */
  readonly foundCount: number;
  readonly keptCount: number;
  readonly lastKept: Row | undefined;
}

export interface PaginationStrategy {
  readonly firstToken: unknown;
  readonly pageSize: number | undefined;
  /** True when the reply itself is needed to find the next page: its body is then kept until it has been read. */
  readonly readsReply: boolean;
  /** The token of the page after this one; undefined when this is the last. */
  readonly next: (page: Page) => Promise<unknown>;
}

export interface Paginator extends Omit<PaginationStrategy, 'pageSize'> {
  readonly inject: (token: unknown) => PartialParts;
  /** What stands in the place of the request's path. */
  readonly path: (token: unknown) => string | undefined;
}

/** How far a stream has been read, by a field of its records. */
export interface Cursor {
  /** What to read, in this order: what `stream_interval` gives to templates. */
  readonly slices: readonly JsonObject[];
  readonly inject: (slice: Partition) => PartialParts;
  /** True for a record from before what is to be read. */
  readonly isBefore: (row: Row) => boolean;
  /** False for a record that is not to be read. */
  readonly keeps: (row: Row) => boolean;
  /** A record of the slice is out. */
  readonly seen: (row: Row, slice: Partition) => void;
  /** All of the slice is out. */
  readonly ended: (slice: Partition) => void;
  /** Where the next sync begins, when it is the slices that have ended which are not read again. `isComplete`: all of them have. */
  readonly state: (isComplete?: boolean) => JsonObject;
}

export interface IncrementalSync {
  readonly cursorField: string;
  /** The newest records come first: pages end with the first that has been read already. */
  readonly isDataFeed: boolean;
  /** One state is that of all partitions of a router together. */
  readonly isGlobal: boolean;
  /** Begins where a state says that the last sync ended. Throws ConfigError for a state that it cannot read. */
  readonly begin: (state?: JsonObject) => Cursor;
}

export interface PartitionRouter {
  readonly partitions: () => AsyncIterable<Partition>;
  /** Whether the first request that finds partitions is offered; left out when there is none. */
  readonly isOffered?: ((hasFallback?: boolean) => Promise<boolean>) | undefined;
  readonly inject: (partition: Partition) => PartialParts;
}

export interface Retriever {
  /** Whether the first request is offered, which may be that of a parent. */
  readonly isOffered: (hasFallback?: boolean) => Promise<boolean>;
  readonly partitions: () => AsyncIterable<Partition>;
  /**
   * Sends the request of a partition; its rows are read when they are iterated. `isParent`: to find partitions with them.
   * Undefined when an error handler says to ignore the reply.
   */
  readonly retrieve: (partition: Partition, isParent?: boolean) => Promise<AsyncIterable<Row> | undefined>;
  /** For streams that can be read incrementally: begins where a state says. What it gives is told of each partition that is out. */
  readonly resume?: ((state: JsonObject | undefined) => Pick<Cursor, 'seen' | 'ended' | 'state'>) | undefined;
}

export interface Stream {
  readonly name: string;
  /** Paths of the key's fields. */
  readonly primaryKey: readonly (readonly string[])[];
  /** The JSON Schema of its records; some have to be asked for. */
  readonly schema: () => Promise<JsonObject>;
  /** The field that says which records are new; undefined when it is always read in full. */
  readonly cursorField?: string | undefined;
  readonly retriever: Retriever;
  /** Left out when everybody can read it. */
  readonly availability?: Availability | undefined;
}

export interface Availability {
  /** What one needs to read the stream. */
  readonly needs: string;
  /** Whether the server lets these credentials read it. */
  readonly isOffered: () => Promise<boolean>;
  /** Reading the stream tells as well: what is asked is its own first request. */
  readonly isToldByReading: boolean;
}

export interface Check {
  readonly streamNames: readonly string[];
  /** What to tell the user of a good connection, from the first record of the last stream. */
  readonly successMessage: (record: JsonObject) => string | undefined;
}

/** A value to put into the description of a stream. */
export interface Change {
  /** Keys; `*` stands for every key, `**` for every depth. */
  readonly path: readonly string[];
  readonly value: unknown;
  /** Whether a path that is not there is made. */
  readonly creates: boolean;
}

/** What a resolver knows of a stream: its changes to the template, or why it cannot be had. */
export type Resolved = { readonly variables: Variables } & (
  { readonly changes: readonly Change[] } | { readonly error: EngineError }
);

/** A stream that was found with a config, or on the server. */
export interface FoundStream {
  /** Undefined when all that is known is that it cannot be had. */
  readonly name: string | undefined;
  /** Start of the name that does not change, as far as it is known. */
  readonly stablePrefix: string | undefined;
  /** The stream, under this name or its own. Throws EngineError when it cannot be had. */
  readonly build: (name?: string) => Stream;
}

export interface Source {
  readonly streamNames: readonly string[];
  /** The stream of a name, built when it is first asked for; undefined when there is none. */
  readonly stream: (name: string) => Stream | undefined;
  /** What finds streams that are known only with a config, or from the server. */
  readonly dynamicStreams: () => readonly Kinds['dynamic_stream'][];
  readonly check: Check;
}

export interface Specification {
  /** The SPEC message's content. */
  readonly connectorSpecification: JsonObject;
  /** The config as the manifest's rules normalise it: a copy. Throws ConfigError when a rule refuses it. */
  readonly normalize: (config: JsonObject) => Promise<JsonObject>;
}

export interface Parent {
  readonly isOffered: (hasFallback?: boolean) => Promise<boolean>;
  /** Read only when a parent before it has been ignored. */
  readonly isFallback: boolean;
  /** Calls back when an error handler says to ignore a reply: what it would have led to is missing. */
  readonly partitions: (onIgnored: () => void) => AsyncIterable<Partition>;
  readonly inject: (partition: Partition) => PartialParts;
}

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
  dynamic_stream: { readonly find: () => AsyncIterable<FoundStream> };
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
