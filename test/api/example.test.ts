// The example program, run as its README says, and the page of the API.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as api from '../../engine/index.ts';
import { root } from '../cli/command-line.ts';
import { startMetabase } from '../metabase/serve.ts';

const program = join(root, 'examples', 'api', 'read-cards.mjs');

function run(env: NodeJS.ProcessEnv): Promise<{ code: unknown; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program], { env }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

test('the example prints a line for each card', async () => {
  const metabase = await startMetabase({ cards: 7 });
  try {
    const { code, stdout, stderr } = await run({
      METABASE_URL: metabase.url,
      METABASE_API_KEY: metabase.credentials.adminApiKey,
    });
    expect(stderr).toMatch(/^Connected to Metabase/);
    expect(stdout.split('\n').filter((line) => /^\d+\t.+$/.test(line))).toHaveLength(7);
    expect(code).toBe(0);
  } finally {
    await metabase.close();
  }
});

test('the page of the API names every function', () => {
  const page = readFileSync(join(root, 'docs', 'api.md'), 'utf8');
  expect(Object.keys(api).filter((name) => !page.includes(`\`${name}`))).toEqual([]);
});
