// What earlier runs found out, by the text that it was made of: for results that take long to find, while most texts are those of
// the run before.

export interface Memory {
  /** What was found for this text; undefined when nothing is known of it. */
  known(kind: MemoryKind, text: string): unknown;
  /** Keeps what is found for this text now, as far as JSON holds it; undefined is not kept. */
  keep(kind: MemoryKind, text: string, found: unknown): void;
}

export type MemoryKind = 'document' | 'template' | 'schema';
