// Runs the cases of every YAML file in this folder against the connector's manifest.
import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadManifest } from '../../bin/cli/manifest.ts';
import { formatDiagnostic } from '../../engine/manifest/diagnostic.ts';
import { loadTests } from '../../engine/testing/load-tests.ts';
import { casesOf, reportOf } from '../../engine/testing/run-tests.ts';
import { whileFiles } from '../support/files.ts';
import { ownManifest } from '../../bin/cli/package-folder.ts';

const manifest = loadManifest(ownManifest);
const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.yaml'));
const loaded = files.map((name) => loadTests(join(import.meta.dirname, name)));
const cases = loaded.flatMap((file) => casesOf(file, manifest));

test('every file is written in the format', () => {
  expect(loaded.flatMap(({ diagnostics }) => diagnostics.map(formatDiagnostic))).toEqual([]);
});

test.each(cases.map((one) => [one.stream, one.name, one] as const))('%s: %s', async (_stream, _name, testCase) => {
  const differences = await testCase.run();
  if (differences.length > 0) expect.fail(reportOf(testCase, differences));
});

test('the example of docs/testing-streams.md holds', async () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/testing-streams.md'), 'utf8');
  const [, example = ''] = /```yaml\n([^]*?)```/.exec(page) ?? [];
  const files = { 'streams/users.yaml': example };
  await whileFiles(files, async (folder) => {
    symlinkSync(join(import.meta.dirname, '../metabase'), join(folder, 'metabase'));
    const file = loadTests(join(folder, 'streams/users.yaml'));
    expect(file.diagnostics.map(formatDiagnostic)).toEqual([]);
    const examples = casesOf(file, manifest);
    expect(examples).toHaveLength(4);
    for (const one of examples)
      expect(
        reportOf(one, await one.run())
          .split('\n')
          .slice(1),
      ).toEqual([]);
  });
});
