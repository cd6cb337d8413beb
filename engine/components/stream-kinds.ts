// What the components of a stream do once they are built: its partitions, pages and cursor, and what reads them.
import type { JsonObject } from '../text/json.ts';
import type { Row } from '../text/row.ts';
import type { PartialParts, Partition, Reply } from './request-kinds.ts';

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

export interface Parent {
  readonly isOffered: (hasFallback?: boolean) => Promise<boolean>;
  /** Read only when a parent before it has been ignored. */
  readonly isFallback: boolean;
  /** Calls back when an error handler says to ignore a reply: what it would have led to is missing. */
  readonly partitions: (onIgnored: () => void) => AsyncIterable<Partition>;
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

export interface Availability {
  /** What one needs to read the stream. */
  readonly needs: string;
  /** Whether the server lets these credentials read it. */
  readonly isOffered: () => Promise<boolean>;
  /** Reading the stream tells as well: what is asked is its own first request. */
  readonly isToldByReading: boolean;
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
