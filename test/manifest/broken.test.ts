// Broken manifests and the exact answer to each: every problem at its place. Change a sentence here on purpose only:
// `UPDATE_EXPECTED=1 npx vitest run test/manifest` writes what is answered.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readIn } from '../support/manifest.ts';

const folder = join(import.meta.dirname, 'broken');

test.each(readdirSync(folder))('the broken manifest "%s" is answered with every problem at its place', (name) => {
  const path = join(folder, name, 'expected.txt');
  const answer = readIn(join(folder, name))
    .texts.map((text) => `${text}\n`)
    .join('');
  if (process.env['UPDATE_EXPECTED']) writeFileSync(path, answer);
  expect(answer).toBe(readFileSync(path, 'utf8'));
});
