// What a component may ask of the engine while it is built and when it runs.
import type { JsonObject } from '../text/json.ts';
import type { Template } from '../text/template.ts';
import type { Slot } from './component.ts';
import type { Authenticator, ErrorHandler, Kind, Kinds, OutgoingRequest, PartialParts, Reply } from './kinds.ts';

export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Rejects with the signal's reason when it aborts. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

export interface SendOptions {
  /** Of the stream, for messages. */
  name: string;
  authenticator: Authenticator;
  /** Left out: the default one. */
  errorHandler?: ErrorHandler | undefined;
  /** Statuses that count as IGNORE, whatever the error handler says. */
  ignore?: readonly number[] | undefined;
  /** Credentials to use in place of the authenticator's. */
  credentials?: PartialParts | undefined;
}

/** What holders hand down to the components inside them. */
export interface Inherited {
  streamName?: string;
  urlBase?: Template;
  transformations?: readonly Kinds['transformation'][];
}

export interface Scope extends Inherited {
  readonly config: JsonObject;
  readonly parameters: JsonObject;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** Builds a component that a field holds, handing down what it inherits. */
  readonly build: <K extends Kind>(slot: Slot<K>, inherited?: Inherited) => Kinds[K];
  /** Sends a request, with the error handler's retries; undefined when its reply is to be ignored. */
  readonly send: (request: OutgoingRequest, options: SendOptions) => Promise<Reply | undefined>;
  /** Reads a file beside the manifest. */
  readonly readFile: (path: string) => string;
  readonly log: (level: 'DEBUG' | 'INFO' | 'WARN', message: string) => void;
  /** From here on the text appears in no output. */
  readonly addSecret: (secret: string) => void;
}
