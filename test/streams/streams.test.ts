// Runs the cases of every YAML file in this folder against the connector's manifest.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadManifest, ownManifest } from '../../bin/manifest.ts';
import { formatDiagnostic } from '../../engine/manifest/diagnostic.ts';
import { loadTests } from '../../engine/testing/load-tests.ts';
import { casesOf, reportOf } from '../../engine/testing/run-tests.ts';

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
