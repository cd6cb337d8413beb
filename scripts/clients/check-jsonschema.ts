// check-jsonschema of PyPI, a validator that others use: our schema on our manifest, and its own on our action and workflows.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Client, failed, passed, skipped } from './client.ts';
import { problem, writeBroken } from './support/broken.ts';
import { isInstalled, mustRun, root, run } from './support/command.ts';

const program = 'check-jsonschema';

export const checkJsonschema: Client = {
  name: 'check-jsonschema',
  shows: 'check-jsonschema takes our manifest, refuses a broken one, and takes our GitHub action and workflows.',
  run: async (work) => {
    if (!isInstalled(program)) return skipped(`there is no ${program}: pipx install ${program}`);
    const schema = [program, '--schemafile', join(root, 'engine/generated/manifest.schema.json')];
    const streams = readdirSync(join(root, 'streams')).map((name) => `streams/${name}`);
    await mustRun(work, [...schema, 'manifest.yaml', ...streams], { cwd: root });
    const workflows = readdirSync(join(root, '.github/workflows')).map((name) => `.github/workflows/${name}`);
    await mustRun(work, [program, '--builtin-schema', 'vendor.github-workflows', ...workflows], { cwd: root });
    const action = '.github/actions/validate/action.yml';
    await mustRun(work, [program, '--builtin-schema', 'vendor.github-actions', action], { cwd: root });

    writeBroken(work.folder);
    const { code, stdout } = await run(work, [...schema, problem.file]);
    if (code !== 1 || !stdout.includes("'pth' was unexpected"))
      return failed(`On a broken stream: ${code ?? ''} ${stdout}`);
    return passed(`${streams.length + 1} files`);
  },
};
