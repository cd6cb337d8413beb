// The image, built and held against what runs it by scripts/image.sh; then run as the platform runs it, and by airbyte-cdk's own
// test, where IMAGE_TOOLS names a folder with run-like-platform.sh and test-image.sh (its `docker`, if it has one, comes first).
// IMAGE_BUILD holds arguments for `docker build`, such as `--pull`.
import { chmodSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Client, failed, passed, skipped } from './client.ts';
import { airbyteFolder, STILL } from './support/airbyte-folder.ts';
import { mustRun, root, run } from './support/command.ts';
import { withSimulator } from './support/simulator.ts';
import { runVerbs, told } from './support/verbs.ts';

const { IMAGE_TOOLS: tools, IMAGE_BUILD: build = '', PATH = '' } = process.env;
const image = 'source-metabase:test';

/** The folder is mounted, and is the working directory: paths in it are given as names. */
const AS_PLATFORM = 'tool=$1 image=$2; shift 2; exec "$tool" "$image" "$0" "${@/#"$0/"/}"';

export const imageClient: Client = {
  name: 'image',
  shows: 'The image is what runs it asks for: labels, user, memory, signals, a read-only root, every verb.',
  run: async (work) => {
    const env = { PATH: tools === undefined ? PATH : tools + delimiter + PATH };
    const docker = await run(work, ['docker', 'info'], { env }).catch(() => undefined);
    if (docker?.code !== 0) return skipped('no docker that works here: install it or start it');

    const script = [join(root, 'scripts', 'image.sh'), ...build.split(' ').filter((word) => word !== '')];
    const { code, stdout, stderr } = await run(work, script, { env });
    if (code !== 0) return failed(stdout + stderr);
    const [size = ''] = /The image has \d+ bytes/.exec(stdout) ?? [];
    if (tools === undefined) return passed(`${size}; no IMAGE_TOOLS to run it as the platform does`);

    return withSimulator(
      work,
      async (served) => {
        const folder = airbyteFolder(work, served);
        // The platform's user is another one than that of this folder.
        chmodSync(work.folder, 0o755);
        const platform = ['bash', '-c', AS_PLATFORM, work.folder, join(tools, 'run-like-platform.sh'), image];
        const streams = await runVerbs(work, platform, served, { env });
        await mustRun(work, [join(tools, 'test-image.sh'), image, folder], { env });
        return passed(`${size}; as the platform runs it, ${told(streams)}; airbyte-cdk's image test`);
      },
      STILL,
    );
  },
};
