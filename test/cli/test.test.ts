// What the exit code of `test` says; what it prints stands in test/testing/.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withFiles } from '../support/files.ts';
import { root, run } from './command-line.ts';

const NOTHING = `stream: segments
config: { instance_api_url: 'https://metabase.test', api_key: mb_EXAMPLE-KEY }
cases:
  - name: nothing there is no records
    replies: { GET /api/segment: { body: [] } }
`;

test('0 when every case holds, 1 when one does not', () => {
  const expecting = NOTHING.replace('{ body: [] } }', '{ body: [] } }\n    records: [{ id: 1 }]');
  withFiles({ 'right.yaml': NOTHING, 'wrong.yaml': expecting }, (folder) => {
    const held = run(['test', 'right.yaml'], { cwd: folder });
    expect(held).toEqual({
      code: 0,
      stdout: '✓ right.yaml 1 case\n  ✓ nothing there is no records\n1 case holds.\n',
      stderr: '',
    });
    const differed = run(['test', 'wrong.yaml'], { cwd: folder });
    expect([differed.code, differed.stderr]).toEqual([1, '']);
    expect(differed.stdout).toContain('record 1 is missing');
  });
});

test.each([
  ['a path that is not there', ['nowhere.yaml'], 'there is no file or folder "nowhere.yaml"'],
  ['a folder without tests', ['.'], 'there are no tests in .'],
  ['a manifest without tests', ['--manifest', 'manifest.yaml'], 'there are no tests in test/streams/ beside'],
  ['words that no case has', [join(root, 'test/streams/segments.yaml'), '-t', 'nonsense'], 'no case has the words'],
])('2 for %s', (_, args, words) => {
  withFiles({ 'nothing.txt': '' }, (folder) => {
    const { code, stdout, stderr } = run(['test', ...args], { cwd: folder });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
  });
});

test('a manifest with problems is told to those who test it', () => {
  withFiles({ 'manifest.yaml': 'streams: []\n', 'test/streams/a.yaml': NOTHING }, (folder) => {
    const { code, stdout, stderr } = run(['test', '--manifest', 'manifest.yaml'], { cwd: folder });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^The manifest has problems, so no test was run:\nmanifest\.yaml:1:1 /);
  });
});
