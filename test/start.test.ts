// `npm start` as a user runs it, in a folder of its own, so that out/ of the checkout stays as it is.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { linesOf } from '../scripts/start/lines.ts';
import { messageOf, recordOf } from '../scripts/start/messages.ts';
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

/** Lines of the table: name of the stream, records, bytes, seconds, requests. */
function tableOf(stdout: string): Map<string, number[]> {
  const rows = stdout.split('\n').map((line) => line.split(/\s+/));
  const cells = rows.filter((row) => row.length === 5 && /^\d/.test(row[1] ?? ''));
  return new Map(cells.map(([name = '', ...rest]) => [name, rest.map((cell) => Number(cell.replaceAll(',', '')))]));
}

const bytesOf = (folder: string, stream: string) => readFileSync(join(folder, 'out', `${stream}.jsonl`));

test('reads every stream of the simulator into a file, says how much, and leaves nothing else behind', async () => {
  const folder = temporaryFolder();
  const { code, stdout, stderr } = await start(folder).ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const table = tableOf(stdout);
  const streams = [...table.keys()].filter((name) => name !== 'total');
  expect(readdirSync(join(folder, 'out')).sort()).toEqual(streams.map((name) => `${name}.jsonl`).sort());
  for (const stream of streams) {
    const lines = bytesOf(folder, stream).toString().split('\n').slice(0, -1);
    expect([stream, ...(table.get(stream) ?? []).slice(0, 2)]).toEqual([
      stream,
      lines.length,
      bytesOf(folder, stream).length,
    ]);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.every((line) => typeof JSON.parse(line) === 'object')).toBe(true);
  }
  expect(readdirSync(folder).filter((name) => !name.startsWith('tsx-'))).toEqual(['out']);
});

test('reads the instance that CONFIG names, counts its requests and logs out', async () => {
  const folder = temporaryFolder();
  const metabase = await simulator();
  const CONFIG = configFile(folder, { instance_api_url: metabase.url, ...metabase.credentials.admin });
  const { code, stdout } = await start(folder, { CONFIG }).ended;
  expect(code).toBe(0);
  expect(metabase.counters.openSessions).toBe(0);
  const lastLogin = metabase.log.map(({ method, path }) => `${method} ${path}`).lastIndexOf('POST /api/session');
  // From the login of the read to its logout.
  expect(tableOf(stdout).get('total')?.[3]).toBe(metabase.log.length - lastLogin);
});

test('a connection that does not work is told with what to do', async () => {
  const folder = temporaryFolder();
  const metabase = await simulator();
  const CONFIG = configFile(folder, {
    instance_api_url: metabase.url,
    username: 'admin@example.com',
    password: 'wrong-password',
  });
  const { code, stderr } = await start(folder, { CONFIG }).ended;
  expect(code).toBe(1);
  expect(stderr).toContain('The connection does not work: ');
  expect(stderr).toContain('Correct that, then run it again');
  expect(stderr).not.toContain('wrong-password');
});

test('a stream that is incomplete is marked, and the exit code is 1', async () => {
  const folder = temporaryFolder();
  const metabase = await simulator();
  metabase.faults.push({ match: { path: /^\/api\/user(\?|$)/ }, do: { status: 400, body: 'No users today.' } });
  const CONFIG = configFile(folder, { instance_api_url: metabase.url, api_key: metabase.credentials.adminApiKey });
  const { code, stdout, stderr } = await start(folder, { CONFIG }).ended;
  expect(code).toBe(1);
  expect(stdout).toMatch(/^users .* INCOMPLETE$/m);
  expect(stdout).toMatch(/^ERROR: users: .*No users today\./m);
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
  const { code, signal } = await ended;
  expect(signal ?? code).not.toBe(0);
  expect(metabase.counters.openSessions).toBe(0);
  expect(readdirSync(folder).filter((name) => name.startsWith('source-metabase-'))).toEqual([]);
});

test('a record is cut out of its line byte for byte', () => {
  const data = String.raw`{"a":1.10,"a":12345678901234567890,"x":"\u00e9,\"emitted_at\":1}}","emitted_at":2,"é":[ ]}`;
  const record = recordOf(Buffer.from(`{"type":"RECORD","record":{"stream":"cards","data":${data},"emitted_at":3}}`));
  expect([record?.stream, record?.data.toString()]).toEqual(['cards', data]);
  expect(recordOf(Buffer.from('{"type":"LOG","log":{"level":"INFO","message":"x"}}'))).toBeUndefined();
});

test('lines are whole however their bytes arrive', async () => {
  const bytes = Buffer.from('é\n\nsecond line\nlast');
  for (const size of [1, 2, 5, 100]) {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    );
    const lines: string[] = [];
    for await (const line of linesOf(asynchronous(chunks))) lines.push(line.toString());
    expect(lines).toEqual(['é', '', 'second line', 'last']);
  }
});

test('a line that is no message is quoted', () => {
  expect(() => messageOf(Buffer.from('Killed'))).toThrow('The connector wrote a line that is not JSON: "Killed"');
});

async function* asynchronous<T>(values: Iterable<T>): AsyncGenerator<T> {
  for (const value of values) yield await Promise.resolve(value);
}
