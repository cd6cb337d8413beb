// docs/problems.md: every kind of problem that `validate` names, with an example from test/manifest/broken/.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import prettier from 'prettier';
import { language } from '../../engine/language.ts';
import { checkManifest } from '../../engine/manifest/check-manifest.ts';
import { problems } from '../../engine/manifest/checks/problems.ts';
import { readingProblems } from '../../engine/manifest/problems.ts';
import type { Diagnostic } from '../../engine/manifest/diagnostic.ts';

const folder = join(import.meta.dirname, '../../test/manifest/broken');

/** The shortest message of each code: the one with the fewest details. */
function examples(): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of readdirSync(folder)) {
    for (const diagnostic of checkManifest(join(folder, name, 'manifest.yaml'), language).diagnostics) {
      const text = wordsOf(diagnostic);
      const known = found.get(diagnostic.code);
      if (known === undefined || text.length < known.length) found.set(diagnostic.code, text);
    }
  }
  return found;
}

const wordsOf = ({ message, hint }: Diagnostic): string => `${message}.${hint === undefined ? '' : ` ${hint}`}`;

const inCell = (text: string): string => text.replaceAll('|', '\\|');

const head = `# Problems of a manifest

What \`validate\` finds, by the code that \`--format json\`, \`github\` and \`sarif\` give. An error makes the exit code 1, a warning
does not. Places are \`file:line:column\`, counted from 1, the file relative to where the command runs.

Errors of the first table keep a manifest from running, but for \`misspelt-field\`; those of the second are found by \`validate\` only:
what Airbyte’s own engine runs, runs here too. [Errors and warnings](decisions/errors-and-warnings.md) says how it was decided which is which.

`;

const formats = `## Formats

- \`text\`, for people: \`file:line:column severity: message\`, the line with a mark below the word, the hint, and a summary; in
  colours on a terminal, unless \`NO_COLOR\` is set.
- \`json\`, for programs: one object with \`version\` (1), \`errors\` and \`warnings\` (how many), \`files\` (what was looked at), and
  \`diagnostics\`, a list of objects with \`code\`, \`severity\` (\`error\` or \`warning\`), \`file\`, \`line\`, \`column\`, \`message\` and, where
  there is one, \`hint\`. Fields may be added; those that are there stay as long as \`version\` does.
- \`github\`, for GitHub Actions: a workflow command for each problem, which becomes an annotation of its line.
- \`sarif\`, for code scanning: SARIF 2.1.0 with a rule for each code below.
`;

function table(codes: readonly string[], found: ReadonlyMap<string, string>): string {
  const rows = codes.map((code) => {
    const { severity = '', summary = '', help = '' } = problems[code] ?? {};
    return `| \`${code}\` | ${severity} | ${inCell(summary)} ${inCell(help)} | ${inCell(found.get(code) ?? '')} |`;
  });
  return `| code | severity | what it is, and what to do | example |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

/** The page, by its path from the root. */
export async function problemDocuments(): Promise<Record<string, string>> {
  const found = examples();
  const reading = Object.keys(readingProblems);
  const checked = Object.keys(problems).filter((code) => !reading.includes(code));
  const text = `${head}${formats}\n## When it is read\n\n${table(reading, found)}\n## Only in \`validate\`\n\n${table(checked, found)}`;
  return { 'docs/problems.md': await prettier.format(text, { parser: 'markdown' }) };
}
