// The one shape of a client of the connector: what it shows, and a run that gives passed, skipped or failed.

export interface Client {
  /** How `npm run test:clients -- NAME` calls it: the name of its file. */
  readonly name: string;
  /** What is true when it passes, in one sentence. */
  readonly shows: string;
  /** Runs it. What it throws counts as failed, with the message. */
  readonly run: (work: Work) => Promise<Result>;
}

/** What a client works with. */
export interface Work {
  /** A folder of its own, empty at first and removed afterwards. */
  readonly folder: string;
  /** Ends what it has started. */
  readonly signal: AbortSignal;
}

export type Result =
  | { readonly status: 'passed'; readonly note: string }
  | { readonly status: 'skipped'; readonly why: string }
  | { readonly status: 'failed'; readonly output: string };

/** All is well; the note says what was counted, for the table. */
export const passed = (note = ''): Result => ({ status: 'passed', note });

/** The machine lacks something: what it is, and how to get it. */
export const skipped = (why: string): Result => ({ status: 'skipped', why });

/** The output says what went wrong, with the values. */
export const failed = (output: string): Result => ({ status: 'failed', output });
