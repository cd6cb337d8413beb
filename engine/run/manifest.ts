// A manifest as the engine runs it.

/** A manifest that has been read and found right. */
export interface Manifest {
  readonly tree: Record<string, unknown>;
  /** Folder of the manifest, for the files it names. */
  readonly folder: string;
  /** What was found that does not keep it from running, such as a misspelt field. */
  readonly warnings?: readonly string[];
}
