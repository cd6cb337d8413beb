// For GitHub Actions: workflow commands that become annotations of the changed lines.
import type { Diagnostic } from '../diagnostic.ts';
import type { Format } from './format.ts';

// What the runner takes for its own: actions/toolkit, packages/core/src/command.ts.
const escapeText = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string): string => escapeText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

function command({ code, severity, file, line, column, message, hint }: Diagnostic): string {
  const properties = { file, line, col: column, title: code };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${severity} ${list.join(',')}::${escapeText(hint === undefined ? message : `${message}. ${hint}`)}\n`;
}

/** An annotation for each problem. */
export const annotations = (diagnostics: readonly Diagnostic[]): string => diagnostics.map(command).join('');

export const github: Format = ({ diagnostics }) => annotations(diagnostics);
