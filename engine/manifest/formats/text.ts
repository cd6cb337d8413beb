// For people: each problem with its place, its line of the file, and what to do.
import type { Diagnostic } from '../diagnostic.ts';
import { counted, countOf, type Format, type Report } from './format.ts';

/** How many characters the word at the head of a text has: quoted text, a template, or up to the next blank or bracket. */
function wordLength(text: string): number {
  const word = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[\p{L}\p{N}_$./#@-]+)/u.exec(text)?.[0] ?? '';
  return Math.max(1, word.length);
}

/** The line that a problem is in, with a mark below its place; nothing when the file has no such line. */
function excerpt({ file, line, column, severity }: Diagnostic, { textOf, paint }: Report): string {
  const words = textOf(file)?.split(/\r?\n/)[line - 1];
  if (words === undefined || words.trim() === '') return '';
  const number = String(line).padStart(5);
  // Tabs stay tabs, so that the mark stands below its word however wide they are.
  const before = words.slice(0, column - 1).replaceAll(/[^\t]/g, ' ');
  const mark = '^'.repeat(wordLength(words.slice(column - 1)));
  const bar = paint('gray', '|');
  const colour = severity === 'error' ? 'red' : 'yellow';
  return `${paint('gray', number)} ${bar} ${words}\n      ${bar} ${before}${paint(colour, mark)}\n`;
}

function problem(diagnostic: Diagnostic, report: Report): string {
  const { file, line, column, severity, message, hint } = diagnostic;
  const { paint } = report;
  const colour = severity === 'error' ? 'red' : 'yellow';
  const head = `${paint('bold', `${file}:${line}:${column}`)} ${paint(colour, `${severity}:`)} ${message}`;
  const advice = hint === undefined ? '' : `      ${paint('cyan', 'hint:')} ${hint}\n`;
  return `${head}\n${excerpt(diagnostic, report)}${advice}\n`;
}

export const text: Format = (report) => {
  const { diagnostics, files, paint } = report;
  const [errors, warnings] = [countOf(report, 'error'), countOf(report, 'warning')];
  const where = counted(files.length, 'file');
  if (diagnostics.length === 0) return `${paint('green', `No problem in ${where}.`)}\n`;
  const counts = [errors > 0 ? counted(errors, 'error') : 'No error', warnings > 0 ? counted(warnings, 'warning') : []];
  const summary = `${counts.flat().join(', ')} in ${where}.`;
  return `${diagnostics.map((diagnostic) => problem(diagnostic, report)).join('')}${paint(errors > 0 ? 'red' : 'yellow', summary)}\n`;
};
