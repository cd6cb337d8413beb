// pre-commit, which runs our hook out of a fresh clone on the files that a commit changes.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Client, failed, passed, skipped } from './client.ts';
import { problem, writeBroken } from './support/broken.ts';
import { isInstalled, mustRun, root, run } from './support/command.ts';

export const preCommit: Client = {
  name: 'pre-commit',
  shows: 'pre-commit installs our hook from a clone; it refuses a commit with a broken manifest and takes one without.',
  run: async (work) => {
    if (!isInstalled('pre-commit')) return skipped('there is no pre-commit: pipx install pre-commit');
    if (!isInstalled('git')) return skipped('there is no git');
    await mustRun(work, ['pre-commit', 'validate-manifest', join(root, '.pre-commit-hooks.yaml')]);
    const [clone, repository] = [join(work.folder, 'clone'), join(work.folder, 'repository')];
    await mustRun(work, ['git', 'clone', '--quiet', '--no-hardlinks', root, clone]);
    mkdirSync(repository);
    writeBroken(repository);
    await mustRun(work, ['git', 'init', '--quiet'], { cwd: repository });
    await mustRun(work, ['git', 'add', '.'], { cwd: repository });

    const env = { PRE_COMMIT_HOME: join(work.folder, 'cache') };
    const hook = ['pre-commit', 'try-repo', clone, 'validate-manifest', '--files'];
    const red = await run(work, [...hook, problem.file], { cwd: repository, env });
    if (red.code !== 1 || !red.stdout.includes(problem.message)) {
      return failed(`On a broken stream: ${red.code ?? ''}\n${red.stdout}${red.stderr}`);
    }
    await mustRun(work, ['cp', join(root, problem.file), join(repository, problem.file)]);
    const green = await run(work, [...hook, problem.file], { cwd: repository, env });
    if (green.code !== 0) return failed(`On a right stream: ${green.code ?? ''}\n${green.stdout}${green.stderr}`);
    return passed('the hook of a clone');
  },
};
