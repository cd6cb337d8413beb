// What a terminal can do that a file cannot.
import { styleText } from 'node:util';

/** Colours a text for the standard output, where colours can be seen and are wanted. */
export const paint = (colour: Parameters<typeof styleText>[0], text: string): string =>
  styleText(colour, text, { stream: process.stdout });

/** Clears the terminal, with what has scrolled away; nothing when the output goes elsewhere. */
export function clear(): void {
  if (process.stdout.isTTY) process.stdout.write('\x1b[2J\x1b[3J\x1b[H');
}
