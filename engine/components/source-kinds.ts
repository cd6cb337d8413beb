// What the components of a whole connector do once they are built, and what is known of streams that have to be found first.
import type { EngineError } from '../errors.ts';
import type { JsonObject } from '../text/json.ts';
import type { Variables } from '../text/template.ts';
import type { Stream } from './stream-kinds.ts';

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

/** Finds streams that are known only with a config, or from the server. */
export interface DynamicStream {
  readonly find: () => AsyncIterable<FoundStream>;
}

export interface Source {
  readonly streamNames: readonly string[];
  /** The stream of a name, built when it is first asked for; undefined when there is none. */
  readonly stream: (name: string) => Stream | undefined;
  /** What finds streams that are known only with a config, or from the server. */
  readonly dynamicStreams: () => readonly DynamicStream[];
  readonly check: Check;
}

export interface Specification {
  /** The SPEC message's content. */
  readonly connectorSpecification: JsonObject;
  /** The config as the manifest's rules normalise it: a copy. Throws ConfigError when a rule refuses it. */
  readonly normalize: (config: JsonObject) => Promise<JsonObject>;
}
