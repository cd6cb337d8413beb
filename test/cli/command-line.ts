// Runs the built executable, and copies of its package.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  /** Folder of the package. */
  package?: string;
  cwd?: string;
  /** As which user, by number; for tests that run as root. */
  uid?: number | undefined;
}

/** Throws an Error that says what to do when there is no bundle. */
export function run(args: readonly string[], { package: folder = root, cwd = root, uid }: RunOptions = {}): Ended {
  if (!existsSync(join(root, 'dist', 'cli.cjs'))) {
    throw new Error('There is no dist/cli.cjs, which these tests run: run "npm run build" first.');
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'bin', 'source-metabase'), ...args], {
    cwd,
    encoding: 'utf8',
    timeout: 20_000,
    ...(uid === undefined ? {} : { uid }),
  });
  return { code: status, stdout, stderr };
}

const PARTS = ['bin', 'dist', 'manifest.yaml', 'streams', 'schemas', 'package.json'];

/** Calls back with a copy of the package as it is published, and removes it. */
export function withCopy<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'package-'));
  try {
    for (const part of PARTS) cpSync(join(root, part), join(folder, part), { recursive: true });
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Output {
  type: string;
  spec?: { connectionSpecification: { title: string } };
  catalog?: { streams: { name: string; json_schema: { properties?: Record<string, unknown> } }[] };
  trace?: { error?: { message: string } };
}

/** The messages on stdout. */
export const messagesOf = ({ stdout }: Ended): Output[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Output);

export const streamsOf = (ended: Ended): string[] =>
  messagesOf(ended).flatMap(({ catalog }) => catalog?.streams.map(({ name }) => name) ?? []);
