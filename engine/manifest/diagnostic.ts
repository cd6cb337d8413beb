// A problem of a manifest, as data: what is wrong, where, and what was probably meant. Diagnostics are collected, never thrown one by one.

/** Where something was written. */
export interface Place {
  readonly file: string;
  /** Counted from 1, as editors do. */
  readonly line: number;
  readonly column: number;
}

/** A problem of a manifest or of a file it refers to. */
export interface Diagnostic extends Place {
  /** A stable name for the kind of problem, such as `unknown-field`. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** A sentence without its full stop. */
  readonly message: string;
  /** What to do, as a sentence: `Did you mean "max_retries"?` */
  readonly hint?: string | undefined;
}

/** One line: `manifest.yaml:7:5 unknown field "max_retrys" in DefaultErrorHandler. Did you mean "max_retries"?` */
export function formatDiagnostic({ file, line, column, severity, message, hint }: Diagnostic): string {
  const prefix = severity === 'warning' ? 'warning: ' : '';
  return `${file}:${line}:${column} ${prefix}${message}.${hint === undefined ? '' : ` ${hint}`}`;
}

/** A definition that is used twenty times has its problem once. */
export const uniqueDiagnostics = (diagnostics: readonly Diagnostic[]): Diagnostic[] => [
  ...new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic])).values(),
];

/** Sorts by place: the files in this order, others as they were first met, then line and column. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[], order: readonly string[] = []): Diagnostic[] {
  const files = [...new Set([...order, ...diagnostics.map(({ file }) => file)])];
  return diagnostics.toSorted(
    (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column,
  );
}
