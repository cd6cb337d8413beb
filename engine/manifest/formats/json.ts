// For programs: one JSON object. Its shape is stable: fields may be added, those that are there stay. See docs/problems.md.
import { countOf, type Format } from './format.ts';

export const json: Format = (report) => {
  const diagnostics = report.diagnostics.map(({ code, severity, file, line, column, message, hint }) => ({
    code,
    severity,
    file,
    line,
    column,
    message,
    ...(hint === undefined ? {} : { hint }),
  }));
  const [errors, warnings] = [countOf(report, 'error'), countOf(report, 'warning')];
  return `${JSON.stringify({ version: 1, errors, warnings, files: report.files, diagnostics }, null, 2)}\n`;
};
