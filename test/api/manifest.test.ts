// Manifests and tests of streams, as programs read and run them.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { readManifest, SystemError, testStreams, type TestResult, validate } from '../../engine/index.ts';
import { whileFiles, withFiles } from '../support/files.ts';
import { ownManifest } from '../../bin/cli/package-folder.ts';

const WRONG = { 'manifest.yaml': 'type: DeclarativeSource\nversion: 1.0.0\nstraems: []\n' };
const manifest = readManifest(ownManifest);
const tests = join(import.meta.dirname, '..', 'streams');

async function results(files: readonly string[]): Promise<TestResult[]> {
  const all: TestResult[] = [];
  for await (const result of testStreams(manifest, files)) all.push(result);
  return all;
}

test('validate gives every problem with its place, and none for a right manifest', () => {
  expect(validate(pathToFileURL(ownManifest))).toEqual([]);
  const problems = withFiles(WRONG, (folder) => validate(join(folder, 'manifest.yaml')));
  expect(problems).toContainEqual(expect.objectContaining({ code: 'misspelt-field', line: 3, column: 1 }));
});

test('readManifest throws an error that lists every problem', () => {
  withFiles(WRONG, (folder) => {
    expect(() => readManifest(join(folder, 'manifest.yaml'))).toThrow(SystemError);
    expect(() => readManifest(join(folder, 'manifest.yaml'))).toThrow(
      /manifest\.yaml:3:1 warning: unknown field "straems"/,
    );
  });
});

test('testStreams gives a result for each case', async () => {
  const given = await results([join(tests, 'segments.yaml')]);
  expect(given.length).toBeGreaterThan(0);
  expect(given.every(({ stream, differences }) => stream === 'segments' && differences.length === 0)).toBe(true);
});

test('testStreams says how what happened differs', async () => {
  const file = `stream: segments
config: { instance_api_url: 'https://metabase.example.com', api_key: mb_key }
cases:
  - name: two records
    replies:
      GET /api/segment: { body: [{ id: 1 }] }
    records: [{ id: 2 }]
`;
  const [result] = await whileFiles({ 'segments.yaml': file }, (folder) => results([join(folder, 'segments.yaml')]));
  expect(result).toMatchObject({ stream: 'segments', name: 'two records', line: 4 });
  expect(result?.differences.join('\n')).toContain('"id"');
});

test('testStreams throws for a file that is no test', async () => {
  const reading = whileFiles({ 'x.yaml': 'stream: cards\n' }, (folder) => results([join(folder, 'x.yaml')]));
  await expect(reading).rejects.toThrow(/x\.yaml:1:1 "cases" is missing/);
});
