// Reads a number of seconds out of a header, for the strategies that wait as a server asks.
import { TransientError } from '../../errors.ts';
import type { Template } from '../../text/template.ts';
import type { Outcome } from '../kinds.ts';

/** The number in a header, narrowed by a regular expression if there is one; undefined when there is none. */
export function numberInHeader(outcome: Outcome, header: Template, regex: Template | undefined): number | undefined {
  const value = 'reply' in outcome ? outcome.reply.headers.get(header.text()) : null;
  if (value === null) return undefined;
  const text = regex === undefined ? value : (new RegExp(`^(?:${regex.text()})`, 'u').exec(value)?.[0] ?? value);
  const number = Number(text);
  return text.trim() === '' || Number.isNaN(number) ? undefined : number;
}

/** Passes a wait on, unless it is as long as the longest allowed one. Throws TransientError. */
export function capped(seconds: number, longest: Template | undefined): number {
  if (longest === undefined || seconds === 0 || seconds < Number(longest.render())) return seconds;
  throw new TransientError(
    `The server asks to wait ${Math.ceil(seconds)} seconds, but the manifest allows less than ${longest.text()}. Try again later.`,
  );
}
