// The one shape of a format: the problems that were found, as text.
import type { Diagnostic } from '../diagnostic.ts';

export interface Report {
  /** By place. */
  readonly diagnostics: readonly Diagnostic[];
  /** The files that were looked at, as the diagnostics name them. */
  readonly files: readonly string[];
  /** The text of a file that was looked at. */
  readonly textOf: (file: string) => string | undefined;
  /** The program that found them. */
  readonly tool: { readonly name: string; readonly version: string };
  /** Colours a text, where colours can be seen. */
  readonly paint: (colour: Colour, text: string) => string;
}

export type Colour = 'bold' | 'red' | 'yellow' | 'green' | 'cyan' | 'gray';

export type Format = (report: Report) => string;

/** `1 file`, `2 files`. */
export const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

export const countOf = ({ diagnostics }: Pick<Report, 'diagnostics'>, severity: Diagnostic['severity']): number =>
  diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
