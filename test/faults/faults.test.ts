// The table of cases, each run through the real executable over real HTTP, two at a time.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { known } from './cases/known.ts';
import { cases } from './cases/table.ts';
import { checkBuilt } from './executable.ts';
import { limited } from './limited.ts';
import { missingFor } from './needs.ts';
import { runCase } from './run-case.ts';

const CONCURRENCY = 3;
const TIMEOUT_MS = 150_000;
const inTurn = limited(CONCURRENCY);

beforeAll(checkBuilt);

test('the table has no two cases of one name', () => {
  const names = [...cases, ...known.map(({ faultCase }) => faultCase)].map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

for (const faultCase of cases) {
  const missing = missingFor(faultCase);
  const name = missing === undefined ? faultCase.name : `${faultCase.name} (skipped: there is no ${missing} here)`;
  test.concurrent(name, { timeout: TIMEOUT_MS, skip: missing !== undefined }, async ({ expect: check }) => {
    const { complaints, output } = await inTurn(() => runCase(faultCase));
    check(complaints.join('\n'), output.errors.map(({ message }) => message).join('\n')).toBe('');
  });
}

const knownToFail: string[] = [];

for (const { faultCase, reason } of known) {
  test.concurrent(`known to fail: ${faultCase.name}`, { timeout: TIMEOUT_MS }, async ({ expect: check }) => {
    const { complaints } = await inTurn(() => runCase(faultCase));
    check(complaints, 'It does not fail any more: move it into the table.').not.toEqual([]);
    knownToFail.push(`known to fail: ${faultCase.name}\n  ${reason}\n  ${complaints.join('\n  ')}`);
  });
}

afterAll(() => {
  if (knownToFail.length > 0) process.stdout.write(`${knownToFail.join('\n')}\n`);
});
