// check-jsonschema of PyPI, a validator that others use: our schema on our manifest, and that of GitHub on our action.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Client, failed, passed, skipped } from './client.ts';
import { problem, writeBroken } from './support/broken.ts';
import { isInstalled, mustRun, root, run } from './support/command.ts';

const { CHECK_JSONSCHEMA: program = 'check-jsonschema' } = process.env;

export const checkJsonschema: Client = {
  name: 'check-jsonschema',
  shows: 'check-jsonschema takes our manifest, refuses a broken one, and takes our GitHub action.',
  run: async (work) => {
    if (!isInstalled(program))
      return skipped(`no "${program}": pip install check-jsonschema, or name it in CHECK_JSONSCHEMA`);
    const schema = [program, '--schemafile', join(root, 'engine/generated/manifest.schema.json')];
    const streams = readdirSync(join(root, 'streams')).map((name) => `streams/${name}`);
    await mustRun(work, [...schema, 'manifest.yaml', ...streams], { cwd: root });
    const action = '.github/actions/validate/action.yml';
    await mustRun(work, [program, '--builtin-schema', 'vendor.github-actions', action], { cwd: root });

    writeBroken(work.folder);
    const { code, stdout } = await run(work, [...schema, problem.file]);
    if (code !== 1 || !stdout.includes("'pth' was unexpected"))
      return failed(`On a broken stream: ${code ?? ''} ${stdout}`);
    return passed(`${streams.length + 1} files`);
  },
};
