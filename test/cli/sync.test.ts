// `sync` as users run it: what goes where, and how it ends.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { startMetabase, type Simulator } from '../metabase/serve.ts';
import { temporaryFolder } from '../sync/targets.ts';
import { root } from './command-line.ts';

async function simulator(options: Parameters<typeof startMetabase>[0] = {}): Promise<Simulator> {
  const metabase = await startMetabase(options);
  onTestFinished(metabase.close);
  return metabase;
}

/** Runs `sync` in a folder that has config.json, with the administrator's login or another one. */
function sync(metabase: Simulator, folder: string, args: string[], login: object = metabase.credentials.admin) {
  const config = join(folder, 'config.json');
  writeFileSync(config, JSON.stringify({ instance_api_url: metabase.apiUrl, ...login }));
  const command = [join(root, 'bin/source-metabase'), 'sync', '--config', config, ...args];
  const child = spawn(process.execPath, command, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = async () => {
    const [[code, signal], stdout, stderr] = await Promise.all([
      once(child, 'close') as Promise<[number | null, string | null]>,
      text(child.stdout),
      text(child.stderr),
    ]);
    return { code, signal, stdout, stderr };
  };
  return { child, ended: ended() };
}

test('the table is on the standard output, a line for each stream on the standard error, the session closed', async () => {
  const [metabase, folder] = [await simulator(), temporaryFolder()];
  const { ended } = sync(metabase, folder, ['--to', 'out', '--format', 'csv', '--streams', 'segments,users']);
  const { code, stdout, stderr } = await ended;
  expect(code).toBe(0);
  expect(stdout).toMatch(/^stream +records +bytes +seconds {2}status\n/);
  expect(stdout).toMatch(/^segments +2 +[\d,]+ +\d+\.\d {2}complete$/m);
  expect(stdout).toMatch(/^total +14 +[\d,]+ +\d+\.\d\n\nComplete: 2 of 2 streams, in out\.\n$/m);
  expect(stderr.split('\n').sort()).toEqual([
    '',
    expect.stringMatching(/^Connected to Metabase .* as Ada Admin/),
    expect.stringMatching(/^segments: 2 records, 0\.0 MB, \d+\.\d MB\/s, complete$/),
    expect.stringMatching(/^users: 12 records, 0\.0 MB, \d+\.\d MB\/s, complete$/),
  ]);
  expect(readdirSync(join(folder, 'out'))).toEqual(['segments.csv', 'users.csv']);
  expect(metabase.counters.openSessions).toBe(0);
});

test('a stream that fails is told, and the exit code is 1', async () => {
  const [metabase, folder] = [await simulator(), temporaryFolder()];
  metabase.faults.push({ match: { path: /^\/api\/user(\?|$)/ }, do: { status: 400, body: 'No users today.' } });
  const { code, stdout, stderr } = await sync(metabase, folder, ['--to', 'x.duckdb', '--streams', 'segments,users'])
    .ended;
  expect(code).toBe(1);
  expect(stdout).toMatch(/^users +0 .* incomplete$/m);
  expect(stdout).toContain('Complete: 1 of 2 streams, in x.duckdb. What was there of the others stays as it was.');
  expect(stderr).toMatch(/^ERROR: users: .*No users today\./m);
  expect(stderr).toContain('ERROR: Not every stream could be read. Incomplete: users.');
});

test('a wrong password is an error without the password, and nothing is left behind', async () => {
  const [metabase, folder] = [await simulator(), temporaryFolder()];
  const { code, stdout, stderr } = await sync(metabase, folder, ['--to', 'out'], {
    ...metabase.credentials.admin,
    password: 'wrong-password',
  }).ended;
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^ERROR: .*\n$/);
  expect(stderr).not.toContain('wrong-password');
  expect(readdirSync(join(folder, 'out'))).toEqual([]);
});

test.each(['out', 'x.duckdb'])(
  'Ctrl-C in the middle leaves no half stream in %s, and closes the session',
  async (to) => {
    const [metabase, folder] = [await simulator({ cards: 2000 }), temporaryFolder()];
    metabase.faults.push({ match: { path: /^\/api\/card\?/ }, do: { slowMs: 20 } });
    const { child, ended } = sync(metabase, folder, ['--to', to, '--streams', 'cards']);
    while (!metabase.log.some(({ path }) => path.startsWith('/api/card')))
      await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 300));
    child.kill('SIGINT');
    const { signal, stdout, stderr } = await ended;
    expect(signal).toBe('SIGINT');
    expect(stdout).toMatch(/^cards .* incomplete$/m);
    expect(stderr).toContain('The sync was stopped by SIGINT.');
    expect(metabase.counters.openSessions).toBe(0);
    if (to === 'out') expect(readdirSync(join(folder, 'out'))).toEqual([]);
    else expect(readFileSync(join(folder, to)).includes('CREATE TABLE')).toBe(false);
  },
);
