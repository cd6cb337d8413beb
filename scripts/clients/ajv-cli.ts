// ajv-cli of npm, a validator that others use: our schema on our manifest.
import { join } from 'node:path';
import { type Client, failed, passed, skipped } from './client.ts';
import { problem, writeBroken } from './support/broken.ts';
import { mustRun, root, run } from './support/command.ts';

const program = ['npx', '--yes', 'ajv-cli@5.0.0'];

export const ajvCli: Client = {
  name: 'ajv-cli',
  shows: 'ajv-cli takes our manifest and every stream, and refuses a broken one.',
  run: async (work) => {
    const got = await run(work, [...program, 'help']);
    if (got.code !== 0) return skipped(`npx cannot get ajv-cli: ${got.stderr.trim().split('\n').at(-1) ?? ''}`);
    const schema = ['validate', '--strict=false', '-s', join(root, 'engine/generated/manifest.schema.json')];
    const valid = await mustRun(work, [...program, ...schema, '-d', '{manifest.yaml,streams/*.yaml}'], { cwd: root });

    writeBroken(work.folder);
    const { code, stdout, stderr } = await run(work, [...program, ...schema, '-d', problem.file]);
    if (code !== 1 || !stderr.includes("additionalProperty: 'pth'")) {
      return failed(`On a broken stream: ${code ?? ''} ${stdout}${stderr}`);
    }
    return passed(`${valid.trim().split('\n').length} files`);
  },
};
