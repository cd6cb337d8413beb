// Our GitHub action: each of its steps that runs a script, in their order, from a fresh clone.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Client, failed, passed, skipped, type Work } from './client.ts';
import { problem, writeBroken } from './support/broken.ts';
import { type Ended, isInstalled, mustRun, root, run } from './support/command.ts';

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: {
    readonly steps: readonly { readonly run?: string; readonly env?: Readonly<Record<string, string>> }[];
  };
}

const FOLDER = '.github/actions/validate';

/** Runs the scripts of the action as a runner does; the end of the first that fails, or of the last. */
async function runAction(work: Work, clone: string, cwd: string, inputs: Record<string, string>): Promise<Ended> {
  const action = parse(readFileSync(join(clone, FOLDER, 'action.yml'), 'utf8')) as Action;
  const given = (value: string): string =>
    value.replaceAll(
      /\$\{\{ inputs\.([\w-]+) \}\}/g,
      (_, name: string) => inputs[name] ?? action.inputs[name]?.default ?? '',
    );
  let ended: Ended = { code: 0, stdout: '', stderr: '' };
  for (const { run: script, env = {} } of action.runs.steps) {
    if (script === undefined || ended.code !== 0) continue;
    const values = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, given(value)]));
    ended = await run(work, ['bash', '--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
      cwd,
      env: { ...values, GITHUB_ACTION_PATH: join(clone, FOLDER) },
    });
  }
  return ended;
}

export const githubAction: Client = {
  name: 'github-action',
  shows:
    'The steps of our GitHub action, out of a clone, refuse a broken manifest with an annotation and SARIF, and take ours.',
  run: async (work) => {
    if (!isInstalled('git')) return skipped('there is no git');
    const [clone, repository] = [join(work.folder, 'clone'), join(work.folder, 'repository')];
    await mustRun(work, ['git', 'clone', '--quiet', '--no-hardlinks', root, clone]);
    mkdirSync(repository);
    writeBroken(repository);
    const red = await runAction(work, clone, repository, { 'sarif-file': 'problems.sarif' });
    if (red.code !== 1 || !red.stdout.includes(`::error file=${problem.file},line=`)) {
      return failed(`On a broken manifest: ${red.code ?? ''}\n${red.stdout}${red.stderr}`);
    }
    const sarif = readFileSync(join(repository, 'problems.sarif'), 'utf8');
    if (!sarif.includes(JSON.stringify(problem.file)))
      return failed(`The SARIF file does not name the stream: ${sarif}`);
    const green = await runAction(work, clone, root, {});
    if (green.code !== 0) return failed(`On our manifest: ${green.code ?? ''}\n${green.stdout}${green.stderr}`);
    return passed('the scripts of a clone');
  },
};
