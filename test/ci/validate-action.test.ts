// The GitHub action and the pre-commit hook that others run `validate` with. `npm run test:clients` runs both as they are run.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';

interface Step {
  uses?: string;
  run?: string;
  shell?: string;
  env?: Record<string, string>;
}

interface Action {
  name: string;
  description: string;
  inputs: Record<string, { description: string; default: string }>;
  runs: { using: string; steps: Step[] };
}

const root = resolve(import.meta.dirname, '../..');
const FOLDER = join(root, '.github/actions/validate');
const action = parse(readFileSync(join(FOLDER, 'action.yml'), 'utf8')) as Action;
const [hook = {}] = parse(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8')) as Record<string, string>[];

const folder = mkdtempSync(join(tmpdir(), 'action-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the last step of the action in a folder that holds this manifest. */
function runLastStep(manifest: string, env: Record<string, string> = {}) {
  writeFileSync(join(folder, 'manifest.yaml'), manifest);
  const script = action.runs.steps.at(-1)?.run ?? '';
  const inputs = { PATHS: 'manifest.yaml', FORMAT: 'github', SARIF_FILE: '' };
  const { status, stdout, stderr } = spawnSync('bash', ['-eo', 'pipefail', '-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...inputs, ...env, GITHUB_ACTION_PATH: FOLDER },
  });
  return { status, output: stdout + stderr };
}

const RIGHT = `version: 7.0.0
type: DeclarativeSource
check:
  type: CheckStream
  stream_names: [things]
streams:
  - type: DeclarativeStream
    name: things
    retriever:
      type: SimpleRetriever
      requester:
        type: HttpRequester
        url: https://example.com/things
      record_selector:
        type: RecordSelector
        extractor:
          type: DpathExtractor
          field_path: []
    schema_loader:
      type: InlineSchemaLoader
      schema: { $schema: 'http://json-schema.org/draft-07/schema#', type: object, properties: {} }
spec:
  type: Spec
  connection_specification: { $schema: 'http://json-schema.org/draft-07/schema#', type: object, properties: {} }
`;

test('the action says what its inputs are, and runs each script in bash', () => {
  expect(action.runs.using).toBe('composite');
  for (const { description, ...input } of Object.values(action.inputs)) {
    expect(description).toMatch(/^[A-Z].*\.$/);
    expect(input.default).toBeTypeOf('string');
  }
  for (const step of action.runs.steps) expect(step.uses ?? step.shell).toMatch(/^(bash|actions\/[\w-]+@[\da-f]{40})$/);
});

test('inputs reach a script through its environment, never as a part of it', () => {
  const given = action.runs.steps.flatMap(({ env = {} }) => Object.values(env));
  expect(given.sort()).toEqual(
    Object.keys(action.inputs)
      .map((name) => `\${{ inputs.${name} }}`)
      .sort(),
  );
  expect(action.runs.steps.map(({ run = '' }) => run).join('')).not.toContain('${{');
});

test('docs/ci.md has every input with its default', () => {
  const page = readFileSync(join(root, 'docs/ci.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([\w-]+)` +\|.*\| (?:`([^`]*)`)? *\|$/gm)].map(([, name, value = '']) => [
    name,
    value,
  ]);
  expect(rows).toEqual(Object.entries(action.inputs).map(([name, input]) => [name, input.default]));
});

test('the action passes a right manifest', () => {
  expect(runLastStep(RIGHT).status).toBe(0);
});

test('the action fails on a broken manifest, with an annotation at its place and the problems in SARIF', () => {
  const broken = RIGHT.replace('field_path: []', 'feild_path: []');
  const { status, output } = runLastStep(broken, { SARIF_FILE: 'problems.sarif' });
  expect(status).toBe(1);
  expect(output).toMatch(/^::error file=manifest\.yaml,line=\d+,/m);
  expect(readFileSync(join(folder, 'problems.sarif'), 'utf8')).toContain('feild_path');
});

test('a path that leads nowhere ends the action at once', () => {
  const { status, output } = runLastStep(RIGHT, { PATHS: 'nowhere.yaml\n', SARIF_FILE: 'problems.sarif' });
  expect(status).not.toBe(0);
  expect(output).toContain('nowhere.yaml');
});

test('the hook runs a script of the repository on manifests, streams and schemas', () => {
  expect(hook['language']).toBe('script');
  expect(statSync(join(root, hook['entry'] ?? '')).mode & 0o111).toBe(0o111);
  const files = new RegExp(hook['files'] ?? '');
  expect(
    ['manifest.yaml', 'a/manifest.yaml', 'streams/cards.yaml', 'a/schemas/cards.json'].every((path) =>
      files.test(path),
    ),
  ).toBe(true);
  expect(['README.md', 'streams.yaml', 'package.json', 'downstreams/a.yaml'].some((path) => files.test(path))).toBe(
    false,
  );
});
