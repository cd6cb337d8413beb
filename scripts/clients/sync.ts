// People without Airbyte: every target of `sync` against `read`, and the ten questions. The tests of `npm test`, run by themselves.
import { type Client, failed, passed, skipped } from './client.ts';
import { mustRun, root } from './support/command.ts';

const TESTS = ['test/sync/targets.test.ts', 'test/docs/questions.test.ts'];

interface Report {
  readonly success: boolean;
  readonly numPassedTests: number;
}

export const sync: Client = {
  name: 'sync',
  shows: 'sync writes into each target, record by record, what read gives; the ten questions have their answers.',
  run: async (work) => {
    const isThere = await import('@duckdb/node-api').then(
      () => true,
      () => false,
    );
    if (!isThere) return skipped('no @duckdb/node-api: run "npm ci" without --omit=optional');
    const output = await mustRun(work, ['npx', '--no-install', 'vitest', 'run', '--reporter=json', ...TESTS], {
      cwd: root,
    });
    const { success, numPassedTests } = JSON.parse(output) as Report;
    return success ? passed(`${numPassedTests} tests`) : failed(output);
  },
};
