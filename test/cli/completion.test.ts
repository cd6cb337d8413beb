// What a shell offers when somebody presses Tab: asked of the program, and of the shells that are installed.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createProgram } from '../../bin/cli/program.ts';
import { candidates } from '../../bin/cli/completion/candidates.ts';
import { scripts, type Shell } from '../../bin/cli/completion/scripts.ts';
import { withFiles } from '../support/files.ts';
import { root } from './command-line.ts';

/** What is offered for a line, `:files` for the names of files. The last word may be empty. */
function offered(line: string): string[] {
  const asked: (string | undefined)[] = [];
  const streamNames = (manifest: string | undefined): string[] => {
    asked.push(manifest);
    return manifest === undefined ? ['cards', 'dashboards'] : [`of ${manifest}`];
  };
  const { words, areFiles } = candidates({ words: line.split(' '), program: createProgram(), streamNames });
  return [...words.map(([word]) => word), ...(areFiles ? [':files'] : [])];
}

test.each([
  ['verbs', 'va', ['validate']],
  ['verbs of two words', 'new ', ['connector', 'stream']],
  ['flags', 'read --c', ['--config', '--catalog']],
  ['flags where no argument is left', 'spec ', ['--manifest', '--debug', '--help']],
  ['choices of a flag', 'validate --format s', ['sarif']],
  ['choices of a flag in one word', 'validate --format=s', ['--format=sarif']],
  ['choices of a flag by its short name', 'new connector x --auth b', ['bearer', 'basic']],
  ['choices of an argument', 'completion ', ['bash', 'zsh', 'fish']],
  ['files for a flag that names one', 'read --config ', [':files']],
  ['files for an argument that names one', 'test a.yaml --watch b', [':files']],
  ['nothing where a value can be anything', 'new stream --endpoint ', []],
  ['nothing for a verb that is none', 'reed --', ['--version', '--help']],
])('%s: "%s"', (_, line, expected) => {
  expect(offered(line)).toEqual(expected);
});

test('every verb is offered, with what it is for', () => {
  const { words } = candidates({ words: [''], program: createProgram(), streamNames: () => [] });
  const names = createProgram().commands.map((command) => command.name());
  expect(words.map(([word]) => word)).toEqual([...names, 'help']);
  for (const [, description] of words) expect(description).toMatch(/\.$/);
});

/** Runs the script of a shell, then lines of it; undefined when the shell is not installed. */
function inShell(shell: Shell, lines: string): string[] | undefined {
  let output: string[] | undefined;
  withFiles({ script: scripts[shell], 'config.json': '{}', 'catalog.json': '{}' }, (folder) => {
    const path = `${join(root, 'bin')}:${process.env['PATH'] ?? ''}`;
    const env = { ...process.env, PATH: path, HOME: folder };
    const ended = spawnSync(shell, ['-c', lines], { cwd: folder, env, encoding: 'utf8', timeout: 20_000 });
    if (ended.error) return;
    expect(ended.stderr).toBe('');
    output = ended.stdout.split('\n').slice(0, -1);
  });
  return output;
}

const asks: Readonly<Record<Shell, (words: readonly string[]) => string>> = {
  bash: (words) =>
    `source ./script; COMP_WORDS=(source-metabase ${words.join(' ')}); COMP_CWORD=${words.length}; _source_metabase; printf '%s\\n' "\${COMPREPLY[@]}"`,
  zsh: (words) =>
    `compdef() { :; }; _files() { print -l config.json catalog.json }; _describe() { for one in "\${(@P)2}"; do print -r -- "\${one%%:*}"; done }; source ./script;` +
    `words=(source-metabase ${words.join(' ')}); CURRENT=${words.length + 1}; _source_metabase`,
  fish: (words) =>
    `source ./script; complete -C "source-metabase ${words.join(' ').replaceAll("''", '')}" | string replace -r '\\t.*' ''`,
};

for (const shell of Object.keys(scripts) as Shell[]) {
  const ask = (...words: string[]): string[] | undefined => inShell(shell, asks[shell](words));

  test(`${shell} completes verbs, flags, choices and files`, ({ skip }) => {
    const verbs = ask('va');
    if (verbs === undefined) return skip(`${shell} is not installed`);
    expect(verbs).toEqual(['validate']);
    expect(ask('read', '--c')?.sort()).toEqual(['--catalog', '--config']);
    expect(ask('validate', '--format', 's')).toEqual(['sarif']);
    expect(
      ask('read', '--config', "''")
        ?.filter((name) => name !== 'script')
        .sort(),
    ).toEqual(['catalog.json', 'config.json']);
  });
}

test('bash takes a flag apart from its value at "="', () => {
  expect(inShell('bash', asks.bash(['validate', '--format', '=', 's']))).toEqual(['sarif']);
  expect(inShell('bash', asks.bash(['validate', '--format', '=']))).toEqual(['text', 'json', 'github', 'sarif']);
});
