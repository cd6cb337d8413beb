// For programs: one JSON object.
import type { TestFormat } from './format.ts';

export const json: TestFormat = ({ results, diagnostics }) => {
  const cases = results.map(({ stream, name, place, differences, seconds }) => ({
    stream,
    name,
    file: place.file,
    line: place.line,
    holds: differences.length === 0,
    differences,
    seconds: Number(seconds.toFixed(3)),
  }));
  return `${JSON.stringify({ cases, diagnostics }, null, 2)}\n`;
};
