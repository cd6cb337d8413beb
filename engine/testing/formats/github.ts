// For GitHub Actions: an annotation for each case that does not hold.
import type { Diagnostic } from '../../manifest/diagnostic.ts';
import { annotations } from '../../manifest/formats/github.ts';
import type { CaseResult } from '../run-files.ts';
import { isHeld, type TestFormat } from './format.ts';

const diagnosticOf = ({ stream, name, place, differences }: CaseResult): Diagnostic => ({
  code: 'test',
  severity: 'error',
  message: [`${stream}: ${name}`, ...differences].join('\n'),
  ...place,
});

export const github: TestFormat = ({ results, diagnostics }) =>
  annotations([...results.filter((result) => !isHeld(result)).map(diagnosticOf), ...diagnostics]);
