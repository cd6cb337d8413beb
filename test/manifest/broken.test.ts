// Broken manifests and the exact answer to each: every problem at its place. Change a sentence here on purpose only:
// `UPDATE_EXPECTED=1 npx vitest run test/manifest` writes what is answered.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { problems } from '../../engine/manifest/checks/problems.ts';
import { checkIn } from '../support/manifest.ts';

const folder = join(import.meta.dirname, 'broken');

const seen = new Set<string>();

test.each(readdirSync(folder))('the broken manifest "%s" is answered with every problem at its place', (name) => {
  const path = join(folder, name, 'expected.txt');
  const { diagnostics, texts } = checkIn(join(folder, name));
  for (const { code } of diagnostics) seen.add(code);
  const answer = texts.map((text) => `${text}\n`).join('');
  if (process.env['UPDATE_EXPECTED']) writeFileSync(path, answer);
  expect(answer).toBe(readFileSync(path, 'utf8'));
});

test('every kind of problem has its broken manifest, and an entry in the catalogue', () => {
  // What cannot be read at all has no folder.
  expect([...seen, 'file'].sort()).toEqual(Object.keys(problems).sort());
});
