// The four formats of `validate`: every problem of every broken manifest, at its place, in each.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import type { Diagnostic } from '../../engine/manifest/diagnostic.ts';
import type { Report } from '../../engine/manifest/formats/format.ts';
import { github } from '../../engine/manifest/formats/github.ts';
import { json } from '../../engine/manifest/formats/json.ts';
import { sarif } from '../../engine/manifest/formats/sarif.ts';
import { text as textFormat } from '../../engine/manifest/formats/text.ts';
import { checkIn } from '../support/manifest.ts';

const problem: Diagnostic = {
  code: 'unknown-field',
  severity: 'error',
  file: 'streams/a b.yaml',
  line: 2,
  column: 3,
  message: 'unknown field "pth"',
  hint: 'Did you mean "path"?',
};

const report = (diagnostics: readonly Diagnostic[], text = 'type: X\n  pth: users # 100%\n'): Report => ({
  diagnostics,
  files: ['streams/a b.yaml'],
  textOf: () => text,
  tool: { name: 'tool', version: '1.2.3' },
  paint: (_, words) => words,
});

test('text shows the line with a mark below the word, the hint and a summary', () => {
  expect(textFormat(report([problem]))).toBe(
    `streams/a b.yaml:2:3 error: unknown field "pth"
    2 |   pth: users # 100%
      |   ^^^
      hint: Did you mean "path"?

1 error in 1 file.
`,
  );
});

test('text counts errors and warnings, and says when there is neither', () => {
  const warning: Diagnostic = { ...problem, severity: 'warning' };
  const lastLine = (diagnostics: readonly Diagnostic[]) => textFormat(report(diagnostics)).split('\n').at(-2);
  expect(lastLine([])).toBe('No problem in 1 file.');
  expect(lastLine([warning])).toBe('No error, 1 warning in 1 file.');
  expect(lastLine([problem, problem, warning, warning])).toBe('2 errors, 2 warnings in 1 file.');
});

test('text keeps tabs before the mark, and shows no line where there is none', () => {
  const tabs = textFormat(report([{ ...problem, line: 1, column: 2 }], '\t"a b": 1\n'));
  expect(tabs).toContain('    1 | \t"a b": 1\n      | \t^^^^^\n');
  expect(textFormat(report([problem], ''))).toContain('unknown field "pth"\n      hint:');
});

test('text is coloured by whoever knows the terminal', () => {
  const painted = textFormat({ ...report([problem]), paint: (colour, words) => `<${colour} ${words}>` });
  expect(painted).toContain('<bold streams/a b.yaml:2:3> <red error:> unknown field');
  expect(painted).toContain('<red ^^^>');
});

test('json is one object whose fields are stable', () => {
  expect(JSON.parse(json(report([problem])))).toEqual({
    version: 1,
    errors: 1,
    warnings: 0,
    files: ['streams/a b.yaml'],
    diagnostics: [problem],
  });
});

test('github escapes what the runner takes for its own', () => {
  const odd = { ...problem, file: 'a,b:c.yaml', message: '100%\nof "x"', hint: undefined };
  expect(github(report([problem, odd]))).toBe(
    '::error file=streams/a b.yaml,line=2,col=3,title=unknown-field::unknown field "pth". Did you mean "path"?\n' +
      '::error file=a%2Cb%3Ac.yaml,line=2,col=3,title=unknown-field::100%25%0Aof "x"\n',
  );
});

interface SarifLog {
  runs: [
    {
      tool: { driver: { rules: { id: string; help: { text: string } }[] } };
      results: {
        ruleId: string;
        ruleIndex: number;
        level: string;
        message: { text: string };
        partialFingerprints: Record<string, string>;
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: string; uriBaseId?: string };
              region: { startLine: number; startColumn: number };
            };
          },
        ];
      }[];
    },
  ];
}

const sarifOf = (of: Report): SarifLog['runs'][0] => (JSON.parse(sarif(of)) as SarifLog).runs[0];

test('sarif has paths as URIs, relative where they are, and fingerprints that outlive added lines', () => {
  const outside = { ...problem, file: '/elsewhere/a b.yaml' };
  const [first, second] = sarifOf(report([problem, outside])).results;
  const locationOf = (result: typeof first) => result?.locations[0].physicalLocation.artifactLocation;
  expect(locationOf(first)).toEqual({ uri: 'streams/a%20b.yaml', uriBaseId: '%SRCROOT%' });
  expect(locationOf(second)).toEqual({ uri: 'file:///elsewhere/a%20b.yaml' });
  const moved = sarifOf(report([{ ...problem, line: 3 }], '# more\ntype: X\n  pth: users # 100%\n')).results[0];
  expect(moved?.partialFingerprints).toEqual(first?.partialFingerprints);
});

const {
  $schema: draft,
  id,
  ...sarifSchema
} = JSON.parse(readFileSync(join(import.meta.dirname, 'sarif', 'schema.json'), 'utf8')) as Record<string, unknown>;
// It is written in draft-04 and uses nothing that means something else in draft-07 but the names of these two.
const isSarif = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(sarifSchema);

test('the schema of SARIF is the one of its committee, and refuses what is none', () => {
  expect([draft, id]).toEqual([expect.stringContaining('draft-04'), expect.stringContaining('sarif-2.1.0')]);
  expect(isSarif({ version: '2.1.0', runs: [{ tool: { driver: {} } }] })).toBe(false);
});

const folder = join(import.meta.dirname, 'broken');

test.each(readdirSync(folder))('the problems of "%s" are the same, at the same places, in all formats', (name) => {
  const { diagnostics, sources } = checkIn(join(folder, name));
  const textOf = (file: string) => sources.find((source) => source.name === file)?.text;
  const broken: Report = { ...report(diagnostics), textOf, files: sources.map((source) => source.name) };

  const text = textFormat(broken);
  for (const { file, line, column, severity, message, hint } of diagnostics) {
    expect(text).toContain(`${file}:${line}:${column} ${severity}: ${message}\n`);
    if (hint) expect(text).toContain(`hint: ${hint}\n`);
  }
  expect((JSON.parse(json(broken)) as { diagnostics: Diagnostic[] }).diagnostics).toEqual(
    diagnostics.map(({ hint, ...rest }) => (hint === undefined ? rest : { ...rest, hint })),
  );
  expect(github(broken).trimEnd().split('\n')).toHaveLength(diagnostics.length);

  expect(isSarif(JSON.parse(sarif(broken))), JSON.stringify(isSarif.errors)).toBe(true);
  const { results, tool } = sarifOf(broken);
  expect(results.map(({ locations: [{ physicalLocation }] }) => physicalLocation.region)).toEqual(
    diagnostics.map(({ line, column }) => ({ startLine: line, startColumn: column })),
  );
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
});
