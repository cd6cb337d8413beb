// What GitHub reads, held against its JSON Schemas by check-jsonschema (PyPI), which brings them.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Client, passed, skipped } from './client.ts';
import { isInstalled, mustRun, root } from './support/command.ts';

const { CHECK_JSONSCHEMA: command = 'check-jsonschema' } = process.env;
const github = join(root, '.github');

export const workflows: Client = {
  name: 'workflows',
  shows: 'The workflows and the settings of Dependabot are valid against the schemas of GitHub.',
  run: async (work) => {
    if (!isInstalled(command)) {
      return skipped(`no "${command}": pip install check-jsonschema, or name it in CHECK_JSONSCHEMA`);
    }
    const files = readdirSync(join(github, 'workflows')).map((name) => join(github, 'workflows', name));
    await mustRun(work, [command, '--builtin-schema', 'vendor.github-workflows', ...files]);
    await mustRun(work, [command, '--builtin-schema', 'vendor.dependabot', join(github, 'dependabot.yml')]);
    return passed(`${files.length} workflows`);
  },
};
