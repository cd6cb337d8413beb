// What a request is before it is sent, what comes of it, and what the components do that have to do with it.
import type { EngineError, FailureType } from '../errors.ts';
import type { JsonObject } from '../text/json.ts';
import type { Row } from '../text/row.ts';

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
