// For code scanning: SARIF 2.1.0 (OASIS), one run, with a rule for every kind of problem.
import { createHash } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from '../diagnostic.ts';
import { problems } from '../checks/problems.ts';
import type { Format, Report } from './format.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

const ruleIds = Object.keys(problems);

const rules = Object.entries(problems).map(([id, { severity, summary, help }]) => ({
  id,
  shortDescription: { text: summary },
  fullDescription: { text: `${summary} ${help}` },
  help: { text: help },
  defaultConfiguration: { level: severity },
}));

/** Relative to the working folder, which is the root of the repository in CI. */
function locationOf(file: string): object {
  if (isAbsolute(file)) return { uri: pathToFileURL(file).href };
  return { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}

function resultOf(diagnostic: Diagnostic, { textOf }: Report): object {
  const { code, severity, file, line, column, message, hint } = diagnostic;
  // The same problem, also after lines were added above it.
  const words = textOf(file)?.split('\n')[line - 1]?.trim() ?? '';
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([code, file, message, words]))
    .digest('hex');
  const ruleIndex = ruleIds.indexOf(code);
  return {
    ruleId: code,
    ...(ruleIndex === -1 ? {} : { ruleIndex }),
    level: severity,
    message: { text: `${message}.${hint === undefined ? '' : ` ${hint}`}` },
    locations: [
      { physicalLocation: { artifactLocation: locationOf(file), region: { startLine: line, startColumn: column } } },
    ],
    partialFingerprints: { 'problemInItsLine/v1': fingerprint },
  };
}

export const sarif: Format = (report) => {
  const { name, version } = report.tool;
  const driver = { name, version, rules };
  const results = report.diagnostics.map((diagnostic) => resultOf(diagnostic, report));
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};
