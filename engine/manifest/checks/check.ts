// The one shape of a check: the problems it can find, and how it finds them in a manifest that has been read. Checks belong to
// `validate`: what they find does not keep a manifest from running.
import type { JsonObject } from '../../text/json.ts';
import type { Place } from '../diagnostic.ts';
import type { Language } from '../language.ts';
import type { SourceFile } from '../load.ts';
import type { Memory } from '../memory.ts';
import type { Problem } from '../problems.ts';
import type { FoundComponent } from '../walk.ts';

export interface Finding {
  /** Names one of the check's problems. */
  readonly code: string;
  readonly place: Place;
  readonly message: string;
  readonly hint?: string | undefined;
}

export interface Check {
  /** By code. */
  readonly problems: Readonly<Record<string, Problem>>;
  find(manifest: CheckedManifest): Iterable<Finding>;
}

/** Where something inside a manifest or a schema was written, by JSON pointer. */
export type PlaceOf = (pointer: string, of?: 'key' | 'value') => Place;

export interface FoundStream {
  readonly name: string;
  readonly node: JsonObject;
  readonly pointer: string;
  readonly schemas: readonly FoundSchema[];
}

/** A JSON Schema as it is written, inline or in a file of its own. */
export interface FoundSchema {
  readonly schema: JsonObject;
  /** The same as text. */
  readonly text: string;
  readonly placeOf: PlaceOf;
}

export interface CheckedManifest {
  readonly tree: JsonObject;
  readonly language: Language;
  /** Every component, in the order of the manifest; one that a definition describes once. */
  readonly components: readonly FoundComponent[];
  /** The streams of the list `streams`. */
  readonly streams: readonly FoundStream[];
  /** What the user can configure, if it is described. */
  readonly spec: FoundSchema | undefined;
  readonly placeOf: PlaceOf;
  /** The files that were read, the manifest first. */
  readonly sources: readonly SourceFile[];
  /** Whether a path is that of a file which is named by a template, and so known at run time only. */
  readonly hasFileTemplates: boolean;
  /** What earlier checks found, if there is a memory. */
  readonly memory: Memory | undefined;
}
