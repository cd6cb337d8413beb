// `npm run check`: everything that can be judged without running a test. Says which part failed and what to do.
import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { delimiter, join } from 'node:path';
import pMap from 'p-map';

type Part = { name: string; command: string[]; advice: string };

// The slowest first: they are what the whole takes.
const parts: Part[] = [
  { name: 'lint', command: ['eslint', '.'], advice: 'Correct the lines; "npx eslint . --fix" does the simple ones.' },
  { name: 'types', command: ['tsc', '-p', '.'], advice: 'Correct the types.' },
  { name: 'format', command: ['prettier', '--check', '.'], advice: 'Run "npx prettier --write .".' },
  {
    name: 'arrows',
    command: ['depcruise', '--config', '.dependency-cruiser.js', 'bin', 'engine', 'scripts', 'test'],
    advice: 'Imports go one way; the rule in .dependency-cruiser.js says what to do instead.',
  },
  { name: 'dead code', command: ['knip', '--no-progress'], advice: 'Remove what nothing uses, or use it.' },
  {
    name: 'freshness',
    command: ['tsx', 'scripts/generate.ts', '--check'],
    advice: 'Run "npm run generate" and commit what it writes.',
  },
  {
    name: 'package',
    command: ['publint', '--strict'],
    advice: 'Correct package.json, or run "npm run build" when a file of dist/ is missing.',
  },
  {
    name: 'manifest',
    command: ['node', 'bin/source-metabase', 'validate'],
    advice: 'Correct manifest.yaml, streams/ or schemas/ at the places named.',
  },
];

const root = join(import.meta.dirname, '..');
const PATH = join(root, 'node_modules', '.bin') + delimiter + (process.env['PATH'] ?? '');
const LONGEST_OUTPUT_BYTES = 16 * 1024 * 1024;

/** Runs a part. Returns what it printed when it failed. */
function failureOf([file = '', ...args]: string[]): Promise<string | undefined> {
  const options = { cwd: root, env: { ...process.env, PATH }, maxBuffer: LONGEST_OUTPUT_BYTES };
  return new Promise((resolve) => {
    execFile(file, args, options, (error, stdout, stderr) =>
      resolve(error ? `${stdout}${stderr}`.trim() || error.message : undefined),
    );
  });
}

async function passes({ name, command, advice }: Part): Promise<boolean> {
  const startedAt = performance.now();
  const failure = await failureOf(command);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${failure === undefined ? 'ok     ' : 'FAILED '} ${name} (${seconds} s)`);
  if (failure === undefined) return true;
  console.log(`\n${failure}\n\n${name}: ${advice}\n`);
  return false;
}

const results = await pMap(parts, passes, { concurrency: availableParallelism() });
const failed = parts.filter((_, index) => !results[index]).map(({ name }) => name);
console.log(failed.length === 0 ? `\nAll ${parts.length} parts passed.` : `\nFailed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
