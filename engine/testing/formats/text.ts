// For people: each file on a line, its cases where they do not hold or where it is the only one, and of those how they differ.
import { formatDiagnostic } from '../../manifest/diagnostic.ts';
import { counted } from '../../manifest/formats/format.ts';
import type { CaseResult } from '../run-files.ts';
import { byFile, isHeld, type TestFormat, type TestReport } from './format.ts';

/** The lines of a difference that say what was expected (-) and what came (+), in colours. */
const painted = (difference: string, paint: TestReport['paint']): string =>
  difference.replaceAll(
    /^( {8})([-+] .*)$/gm,
    (_, indent: string, line: string) => indent + paint(line.startsWith('-') ? 'red' : 'green', line),
  );

function caseText(result: CaseResult, { paint }: TestReport): string {
  const { name, place, differences } = result;
  if (isHeld(result)) return `  ${paint('green', '✓')} ${name}`;
  const shown = differences.map((difference) => painted(difference.replaceAll(/^/gm, '    '), paint));
  return [`  ${paint('red', '✗')} ${name} ${paint('gray', `${place.file}:${place.line}`)}`, ...shown].join('\n');
}

function fileText(file: string, results: readonly CaseResult[], isAlone: boolean, report: TestReport): string {
  const { paint } = report;
  const failed = results.filter((result) => !isHeld(result));
  const mark = failed.length === 0 ? paint('green', '✓') : paint('red', '✗');
  const count = failed.length === 0 ? counted(results.length, 'case') : `${failed.length} of ${results.length} cases`;
  const shown = isAlone ? results : failed;
  return [`${mark} ${file} ${paint('gray', count)}`, ...shown.map((result) => caseText(result, report))].join('\n');
}

export const text: TestFormat = (report) => {
  const { results, diagnostics, paint } = report;
  const files = [...byFile(report)];
  const failed = results.filter((result) => !isHeld(result)).length;
  const summary = [
    counted(results.length - failed, 'case') + (results.length - failed === 1 ? ' holds' : ' hold'),
    failed > 0 ? `${failed} ${failed === 1 ? 'does' : 'do'} not` : [],
    diagnostics.length > 0 ? `${counted(diagnostics.length, 'problem')} in the files` : [],
  ].flat();
  const lines = [
    ...files.map(([file, ofFile]) => fileText(file, ofFile, files.length === 1, report)),
    ...diagnostics.map((diagnostic) => `${paint('red', '✗')} ${formatDiagnostic(diagnostic)}`),
    paint(failed + diagnostics.length > 0 ? 'red' : 'green', `${summary.join(', ')}.`),
  ];
  return `${lines.join('\n')}\n`;
};
