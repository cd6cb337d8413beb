// What npm packs: the files that are needed and no others.
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { root } from '../cli/command-line.ts';

interface Packed {
  size: number;
  unpackedSize: number;
  files: { path: string }[];
}

const [packed] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }),
) as [Packed];

const MEBIBYTE = 1024 * 1024;

/** What a file of the package is for; others have no place in it. */
const NEEDED = [
  /^(LICENSE|README\.md|package\.json)$/,
  /^bin\/(source-metabase|package\.json)$/,
  // the bundle, its licences, and its types
  /^dist\/[\w-]+\.c?js$/,
  /^dist\/(LICENSES|[\w-]+\.c?js\.LEGAL)\.txt$/,
  /^dist\/types\/[\w/-]+\.d\.ts$/,
  // the connector, and what the bundle answers of it
  /^manifest\.yaml$/,
  /^streams\/\w+\.yaml$/,
  /^schemas\/\w+\.json$/,
  /^dist\/(manifest\.json|memory-built\.json|hashes\.json|spec\.jsonl|catalog\.jsonl)$/,
  // the schemas for editors
  /^engine\/generated\/[\w-]+\.schema\.json$/,
];

test('the tarball holds what is needed and nothing else', () => {
  const paths = packed.files.map(({ path }) => path);
  expect(paths.filter((path) => !NEEDED.some((pattern) => pattern.test(path)))).toEqual([]);
  expect(NEEDED.filter((pattern) => !paths.some((path) => pattern.test(path)))).toEqual([]);
});

test('the tarball is below 1 MiB, and 5 MiB unpacked', () => {
  expect(packed.size).toBeLessThan(MEBIBYTE);
  expect(packed.unpackedSize).toBeLessThan(5 * MEBIBYTE);
});
