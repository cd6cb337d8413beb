// For CI: the XML that JUnit has made common. A file is a suite; a file that is not right is a suite with an error.
import { formatDiagnostic } from '../../manifest/diagnostic.ts';
import type { CaseResult } from '../run-files.ts';
import { byFile, isHeld, type TestFormat } from './format.ts';

const names: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

/** A text as XML; it has no way to write most control characters. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD')
    .replaceAll(/[&<>"]/g, (one) => names[one] ?? one);

const element = (name: string, attributes: Readonly<Record<string, string | number>>, inner: string): string => {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escaped(String(value)).replaceAll('\n', '&#10;')}"`,
  );
  return inner === '' ? `<${name}${written.join('')}/>\n` : `<${name}${written.join('')}>\n${inner}</${name}>\n`;
};

const timeOf = (results: readonly CaseResult[]): string =>
  results.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3);

function caseElement(result: CaseResult): string {
  const { stream, name, place, differences } = result;
  const failure = isHeld(result)
    ? ''
    : element('failure', { message: differences[0]?.split('\n')[0] ?? '' }, `${escaped(differences.join('\n\n'))}\n`);
  const { file, line } = place;
  return element('testcase', { name, classname: stream, file, line, time: timeOf([result]) }, failure);
}

export const junit: TestFormat = (report) => {
  const { results, diagnostics } = report;
  const failures = (some: readonly CaseResult[]): number => some.filter((result) => !isHeld(result)).length;
  const suites = [...byFile(report)].map(([file, ofFile]) =>
    element(
      'testsuite',
      { name: file, tests: ofFile.length, failures: failures(ofFile), errors: 0, time: timeOf(ofFile) },
      ofFile.map(caseElement).join(''),
    ),
  );
  const wrong = diagnostics.map((diagnostic) => {
    const { file, line, message } = diagnostic;
    const error = element('error', { message }, `${escaped(formatDiagnostic(diagnostic))}\n`);
    const inner = element('testcase', { name: message, classname: file, file, line, time: '0.000' }, error);
    return element('testsuite', { name: file, tests: 1, failures: 0, errors: 1, time: '0.000' }, inner);
  });
  const totals = {
    tests: results.length + diagnostics.length,
    failures: failures(results),
    errors: diagnostics.length,
  };
  const all = element('testsuites', { ...totals, time: timeOf(results) }, [...suites, ...wrong].join(''));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${all}`;
};
