// What GitHub runs for us, and what we give others to run: pinned, with as few rights as it needs, and with the dependencies held back that have to be.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Job {
  permissions?: Record<string, string>;
  needs?: string;
  'timeout-minutes'?: number;
}

interface Workflow {
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

const github = resolve(import.meta.dirname, '../../.github');
const folder = join(github, 'workflows');
const files = readdirSync(folder);
const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8');
const workflowOf = (name: string): Workflow => parse(textOf(name)) as Workflow;

const root = resolve(github, '..');
const users = ['.github/workflows', '.github/actions', 'examples'].flatMap((top) =>
  readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => join(top, name)),
);

test.each(users)('%s uses actions by their commit, and says which version that is', (path) => {
  const uses = [...readFileSync(join(root, path), 'utf8').matchAll(/uses: (.+)$/gm)].map(([, use = '']) => use);
  expect(uses.filter((use) => !use.startsWith('./') && !/^[\w/-]+@[0-9a-f]{40} # v\d/.test(use))).toEqual([]);
});

test.each(files)('%s may read, and each of its jobs ends', (name) => {
  const { permissions, jobs } = workflowOf(name);
  expect(permissions).toEqual({ contents: 'read' });
  expect(Object.entries(jobs).filter(([, job]) => job['timeout-minutes'] === undefined)).toEqual([]);
});

test('what is published waits for the tests, and may do no more than it needs', () => {
  const { image, npm } = workflowOf('publish.yml').jobs;
  expect([image?.needs, npm?.needs]).toEqual(['verify', 'verify']);
  expect(image?.permissions).toEqual({ contents: 'read', packages: 'write' });
  expect(npm?.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
});

test('the image is published for two platforms with its provenance and its parts, the package with its provenance', () => {
  const text = textOf('publish.yml');
  for (const words of ['linux/amd64,linux/arm64', 'provenance: mode=max', 'sbom: true', 'npm publish --provenance']) {
    expect(text).toContain(words);
  }
});
