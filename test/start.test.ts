// `npm start` as a user runs it, in a folder of its own, so that out/ of the checkout stays as it is.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { startMetabase, type Simulator } from './metabase/serve.ts';

const root = join(import.meta.dirname, '..');
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'start-test-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function simulator(options: Parameters<typeof startMetabase>[0] = {}): Promise<Simulator> {
  const metabase = await startMetabase({ size: 'small', ...options });
  cleanups.push(metabase.close);
  return metabase;
}

function configFile(folder: string, config: object): string {
  const path = join(folder, 'config.json');
  writeFileSync(path, JSON.stringify(config));
  return path;
}

/** Runs `npm start` in a folder. Its temporary files go there too. */
function start(folder: string, environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(root, 'node_modules/tsx/dist/cli.mjs'), join(root, 'scripts/start.ts')], {
    cwd: folder,
    env: { ...process.env, CONFIG: '', TMPDIR: folder, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  cleanups.push(() => child.kill('SIGKILL'));
  const result = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
  return {
    child,
    ended: result.then(([[code, signal], stdout, stderr]) => ({
      code: code as number | null,
      signal: signal as string | null,
      stdout,
      stderr,
    })),
  };
}

test('reads every stream of the simulator into a file, says how much, and leaves nothing else behind', async () => {
  const folder = temporaryFolder();
  const { code, stdout } = await start(folder).ended;
  expect(code).toBe(0);
  const rows = [...stdout.matchAll(/^(\w+) +([\d,]+) +[\d,]+ +[\d.]+ {2}complete$/gm)];
  const files = readdirSync(join(folder, 'out'));
  expect(files).toEqual(rows.map(([, name]) => `${name}.jsonl`).sort());
  for (const [, name, records] of rows) {
    const lines = readFileSync(join(folder, 'out', `${name}.jsonl`), 'utf8')
      .split('\n')
      .slice(0, -1);
    expect([name, lines.length]).toEqual([name, Number(records?.replaceAll(',', ''))]);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.every((line) => typeof JSON.parse(line) === 'object')).toBe(true);
  }
  expect(stdout).toMatch(/^The simulator answered \d+ requests\.$/m);
  expect(readdirSync(folder).filter((name) => !name.startsWith('tsx-'))).toEqual(['out']);
});

test('a stream that is incomplete fails it, with what to do', async () => {
  const folder = temporaryFolder();
  const metabase = await simulator();
  metabase.faults.push({ match: { path: /^\/api\/user(\?|$)/ }, do: { status: 400, body: 'No users today.' } });
  const CONFIG = configFile(folder, { instance_api_url: metabase.url, api_key: metabase.credentials.adminApiKey });
  const { code, stdout, stderr } = await start(folder, { CONFIG }).ended;
  expect(code).toBe(1);
  expect(stdout).toMatch(/^users .* incomplete$/m);
  expect(stderr).toMatch(/^ERROR: users: .*No users today\./m);
  expect(stderr).toContain('Correct that, then run it again');
});

test('CONFIG that names no file is told so', async () => {
  const folder = temporaryFolder();
  const { code, stderr } = await start(folder, { CONFIG: 'missing.json' }).ended;
  expect(code).toBe(1);
  expect(stderr).toContain(`There is no file ${join(folder, 'missing.json')}.`);
});

test('Ctrl-C ends the connector, its session and the temporary files', async () => {
  const folder = temporaryFolder();
  const metabase = await simulator({ latencyMs: 300 });
  const CONFIG = configFile(folder, { instance_api_url: metabase.url, ...metabase.credentials.admin });
  const { child, ended } = start(folder, { CONFIG });
  while (!metabase.log.some(({ path }) => path.startsWith('/api/card')))
    await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGINT');
  const { code, signal, stdout } = await ended;
  expect(signal ?? code).not.toBe(0);
  expect(metabase.counters.openSessions).toBe(0);
  const complete = [...stdout.matchAll(/^(\w+) .* {2}complete$/gm)].map(([, name]) => `${name}.jsonl`);
  expect(stdout).toMatch(/^cards .* {2}incomplete$/m);
  expect(readdirSync(join(folder, 'out'))).toEqual(complete.sort());
});
