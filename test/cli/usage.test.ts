// Help, versions and wrong usage of the real executable.
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root, run } from './command-line.ts';

const VERBS = [
  'spec',
  'check',
  'discover',
  'read',
  'sync',
  'validate',
  'try',
  'infer-schema',
  'test',
  'bundle',
  'explain',
];

test('--help names every verb and says what it does', () => {
  const { code, stdout, stderr } = run(['--help']);
  expect([code, stderr]).toEqual([0, '']);
  for (const verb of VERBS) expect(stdout).toMatch(new RegExp(`^  ${verb}\\b.*\\w`, 'm'));
});

test.each([
  ['spec', ['--manifest <path>', '--debug']],
  ['check', ['--config <path>', '--manifest <path>']],
  ['discover', ['--config <path>', '--all']],
  ['read', ['--config <path>', '--catalog <path>', '--state <path>', 'Example:']],
  ['sync', ['--config <path>', '--to <path>', '--format <format>', '--streams <names>', 'Exit code:']],
  ['validate', ['[path...]', '--format <name>', '--watch', 'Exit code:']],
  ['docs', ['[path]', '--out <folder>', 'Exit code:']],
  ['test', ['[path...]', '--filter <words>', '--format <name>', '--watch', 'Exit code:']],
  ['explain', ['<place>', '--format <name>', 'Exit code:']],
  ['bundle', ['[path]', '--out <file>', '--keep-extensions', 'Exit code:']],
  ['try', ['<stream>', '--limit <count>', '--show <part>', '--record <folder>', '--replay <folder>', 'Exit code:']],
  ['infer-schema', ['<stream>', '--config <path>', '--replay <folder>', '--out <path>', 'Exit code:']],
])('%s --help names its flags', (verb, flags) => {
  const { code, stdout, stderr } = run([verb, '--help']);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain(`Usage: source-metabase ${verb}`);
  for (const flag of flags) expect(stdout).toContain(flag);
});

test('--version is that of the package', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  expect(run(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test.each([
  [['reed'], "unknown command 'reed'"],
  [['spec', '--manifst', 'x'], "unknown option '--manifst'"],
  [['check'], "required option '--config <path>' not specified"],
  [['discover'], "required option '--config <path>' not specified"],
  [['read', '--config', 'x'], "required option '--catalog <path>' not specified"],
  [['check', '--config'], "option '--config <path>' argument missing"],
  [['spec', 'extra'], 'too many arguments'],
  [['sync', '--config', 'x'], "required option '--to <path>' not specified"],
  [['sync', '--config', 'x', '--to', 'x', '--format', 'xml'], 'Allowed choices are jsonl, csv, parquet'],
  [['sync', '--config', 'x', '--to', 'x.duckdb', '--format', 'csv'], '--format is for folders'],
  [['sync', '--config', 'x', '--to', 'cards.csv'], '--to names a folder'],
  [['try', 'cards'], "required option '--config <path>' not specified. With --replay <folder> it is not needed"],
  [['try', 'cards', '--config', 'x', '--limit', '0'], 'whole number from 1 on'],
  [['try', 'cards', '--record', 'a', '--replay', 'b'], '--record and --replay exclude each other'],
  [['validate', '--format', 'xml'], 'Allowed choices are text, json, github, sarif'],
  [['validate', 'nowhere.yaml'], 'there is no manifest at "nowhere.yaml"'],
])('%j is wrong usage: exit code 2, and help', (args, words) => {
  const { code, stdout, stderr } = run(args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(words);
  expect(stderr).toContain('--help');
});

test('a near word is offered for an unknown one', () => {
  expect(run(['reed']).stderr).toContain('Did you mean read?');
  expect(run(['spec', '--manifst', 'x']).stderr).toContain('Did you mean --manifest?');
});

test('without a verb the help is shown, with exit code 2', () => {
  const { code, stdout, stderr } = run([]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('Usage: source-metabase');
});

test('spec is one message, from wherever it is run', () => {
  const { code, stdout, stderr } = run(['spec'], { cwd: tmpdir() });
  expect([code, stderr]).toEqual([0, '']);
  const lines = stdout.split('\n').slice(0, -1);
  expect(lines.map((line) => (JSON.parse(line) as { type: string }).type)).toEqual(['SPEC']);
});

test.each([['check'], ['read', '--catalog', 'nowhere.json']])(
  '%s with a config that is not there says so',
  (...args) => {
    const { code, stdout, stderr } = run([...args, '--config', 'nowhere.json']);
    expect(stderr).toBe('');
    expect(code).toBe(args[0] === 'check' ? 0 : 1);
    expect(stdout).toContain('The file that --config names cannot be read: nowhere.json. Check the path.');
  },
);
