// A manifest as the engine runs it.

/** A manifest that has been read and found right. */
export interface Manifest {
  readonly tree: Record<string, unknown>;
  /** Folder of the manifest, for the files it names. */
  readonly folder: string;
}
