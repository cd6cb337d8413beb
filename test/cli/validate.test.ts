// What `validate` makes of its paths, and how it runs again; what it finds stands in test/manifest/.
import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findManifest } from '../../engine/manifest/find-manifest.ts';
import { whileFiles, withFiles } from '../support/files.ts';
import { root, run } from './command-line.ts';

const manifest = 'check: {}\nstreams: []\n';
const files = {
  'manifest.yaml': manifest,
  'other-manifest.yaml': manifest,
  'streams/users.yaml': 'name: users\n',
  'streams/nested/manifest.yaml': manifest,
  'streams/nested/schemas/users.json': '{}',
  'schemas/users.json': '{}',
  'nothing/x.txt': '',
};

test.each([
  ['a folder means the manifest in it', '.', 'manifest.yaml'],
  ['a manifest means itself', 'manifest.yaml', 'manifest.yaml'],
  ['a manifest by another name means itself', 'other-manifest.yaml', 'other-manifest.yaml'],
  ['a stream means the manifest above it', 'streams/users.yaml', 'manifest.yaml'],
  ['a schema means the nearest manifest above', 'streams/nested/schemas/users.json', 'streams/nested/manifest.yaml'],
  ['a folder without a manifest means nothing', 'nothing', undefined],
  ['a path that is not there means nothing', 'nowhere.yaml', undefined],
])('%s', (_, path, expected) => {
  withFiles(files, (folder) => {
    const found = findManifest(join(folder, path), () => []);
    expect(found).toBe(expected && join(folder, expected));
  });
});

test('of several manifests above a file, the one that refers to it counts', () => {
  withFiles(files, (folder) => {
    const schema = join(folder, 'streams/nested/schemas/users.json');
    const outer = join(folder, 'manifest.yaml');
    expect(findManifest(schema, (path) => (path === outer ? [schema] : []))).toBe(outer);
  });
});

const BROKEN = 'version: 7.0.0\ncheck: { type: CheckStream, stream_nams: [] }\nstreams: []\n';

test('several paths that mean one manifest are one answer, in the format that is asked for', () => {
  withFiles({ ...files, 'manifest.yaml': BROKEN }, (folder) => {
    const ended = run(['validate', 'streams/users.yaml', '.', '--format', 'github'], { cwd: folder });
    expect([ended.code, ended.stderr]).toEqual([1, '']);
    expect(ended.stdout.match(/^::error file=manifest\.yaml,line=2,col=29,title=misspelt-field::.*$/gm)).toHaveLength(
      1,
    );
  });
});

test('--watch answers again at every save, and ends by the signal', async () => {
  await whileFiles({ 'manifest.yaml': BROKEN }, async (folder) => {
    const path = join(folder, 'manifest.yaml');
    const child = spawn(process.execPath, [join(root, 'bin/source-metabase'), 'validate', path, '--watch']);
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const answers = output.match(/ in 1 file\.\n/g)?.length ?? 0;
      if (answers === 1 && !output.includes('mark')) appendFileSync(path, 'mark: 1\n');
      if (output.includes('"mark"')) child.kill('SIGINT');
    });
    const ended = await new Promise((resolve) => child.on('exit', (code, signal) => resolve([code, signal])));
    expect(ended).toEqual([null, 'SIGINT']);
    expect(output).toContain('unknown field "stream_nams"');
  });
});
