// Every stream of the manifest has its cases: the current shape, that of 0.43, nothing there, and a server that refuses.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadManifest } from '../../bin/cli/manifest.ts';
import { loadTests } from '../../engine/testing/load-tests.ts';
import { ownManifest } from '../../bin/cli/package-folder.ts';

interface Named {
  name: string;
}

const { streams, dynamic_streams: dynamic } = loadManifest(ownManifest).tree as Record<
  'streams' | 'dynamic_streams',
  Named[]
>;

test.each([...streams, ...dynamic])('$name has a case of every kind', ({ name }) => {
  const path = join(import.meta.dirname, `${name}.yaml`);
  expect(existsSync(path), `there is no test/streams/${name}.yaml`).toBe(true);
  const { stream, cases } = loadTests(path).tests;
  // What dynamic streams are called is in the config of their cases.
  if (streams.some((one) => one.name === name)) expect(stream).toBe(name);
  const tags = new Set(cases.flatMap(({ tags = [] }) => tags));
  expect(['current', '0.43', 'empty', 'forbidden'].filter((tag) => !tags.has(tag))).toEqual([]);
});
