// What a component may ask of the engine while it is built and when it runs.
import type { JsonObject } from '../text/json.ts';
import type { Template } from '../text/template.ts';
import type {
  Authenticator,
  Change,
  ErrorHandler,
  IncrementalSync,
  Kind,
  Kinds,
  OutgoingRequest,
  PartialParts,
  SentReply,
  Slot,
} from './kinds.ts';
import type { Observer } from './observer.ts';

export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Rejects with the signal's reason when it aborts. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** Counts what happens to requests, by the stream that is read for them. */
export interface Monitor {
  /** `until` in milliseconds since the epoch. */
  readonly rateLimited: (stream: string, until: number) => void;
  readonly retried: (stream: string) => void;
  /** True when the stream has ended: a request that is still on its way for it need not be tried again. */
  readonly hasEnded: (stream: string) => boolean;
  /** A reply was left out, as an error handler says. */
  readonly skipped: (stream: string) => void;
}

export interface AskOptions {
  /** What is requested, for messages. */
  name: string;
  /** Another request takes its place when its reply is ignored: then that counts as a refusal. */
  hasFallback?: boolean | undefined;
  authenticator: Authenticator;
  /** Left out: the default one. */
  errorHandler?: ErrorHandler | undefined;
}

export interface SendOptions {
  /** What is requested, for messages. */
  name: string;
  /** The stream that is read, when it is not `name`: a parent is read for its child. */
  stream?: string | undefined;
  /** The values of the partition it is sent for, for messages. */
  partition?: JsonObject | undefined;
  /** Milliseconds to wait for the first byte, and between two chunks. */
  readTimeoutMs?: number | undefined;
  authenticator: Authenticator;
  /** How many retrievers send the same requests, this one included: so often a GET is needed. */
  users?: (() => number) | undefined;
  /** Sent without waiting for its turn: others wait for it, as they do for a login. */
  isUrgent?: boolean | undefined;
  /** Gives its turn back with the first bytes: the reader of its reply sends requests of its own. */
  isParent?: boolean | undefined;
  /** A page after the first: replies that wait for their own turn are not in its way. */
  isNextPage?: boolean | undefined;
  /** Left out: the default one. */
  errorHandler?: ErrorHandler | undefined;
  /** Statuses that count as IGNORE, whatever the error handler says. */
  ignore?: readonly number[] | undefined;
  /** Credentials to use in place of the authenticator's. */
  credentials?: PartialParts | undefined;
  /** What one needs to read the stream, for the message when the server refuses. */
  needs?: string | undefined;
}

/** What holders hand down to the components inside them. */
export interface Inherited {
  streamName?: string;
  /** The outermost stream: the one that is read. */
  readStream?: string;
  /** What one needs to read the stream. */
  needs?: string | undefined;
  urlBase?: Template;
  transformations?: readonly Kinds['transformation'][];
  incrementalSync?: IncrementalSync | undefined;
}

export interface AdaptOptions {
  /** Whether `$parameters` of a holder win over those of what it holds. */
  readonly areParentsFirst: boolean;
}

export interface Scope extends Inherited {
  readonly config: JsonObject;
  readonly parameters: JsonObject;
  readonly clock: Clock;
  /** The limit on requests in flight. Throws ConfigError when the config asks for nonsense. */
  readonly concurrency: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** Builds a component that a field holds, handing down what it inherits. */
  readonly build: <K extends Kind>(slot: Slot<K>, inherited?: Inherited) => Kinds[K];
  /** What a slot says, to read. */
  readonly described: (slot: Slot<Kind>) => JsonObject;
  /** A slot that says something else: values that are put in are never templates. */
  readonly adapted: <K extends Kind>(slot: Slot<K>, changes: readonly Change[], options: AdaptOptions) => Slot<K>;
  /** Sends a request, with the error handler's retries; undefined when its reply is to be ignored. */
  readonly send: (request: OutgoingRequest, options: SendOptions) => Promise<SentReply | undefined>;
  /** Asks whether the server would answer a request: false for 402, 403 and 404 that the error handler does not ignore. */
  readonly isOffered: (request: OutgoingRequest, options: AskOptions) => Promise<boolean>;
  /** Counts the components that say this description; what it returns tells how many have, this one included. */
  readonly twins: (description: unknown) => () => number;
  /** Reads a file beside the manifest. */
  readonly readFile: (path: string) => string;
  /** With somebody who looks on, nothing is asked before it is needed. */
  readonly observer?: Observer | undefined;
  readonly log: (level: 'INFO' | 'WARN', message: string) => void;
  /** From here on the text appears in no output. */
  readonly addSecret: (secret: string) => void;
}
