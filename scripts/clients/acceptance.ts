// Airbyte's acceptance tests, by a tool that runs them on an executable: ACCEPTANCE=path/to/run.sh, called with the executable
// and the folder for Airbyte's tools.
import { join } from 'node:path';
import { type Client, failed, passed, skipped } from './client.ts';
import { airbyteFolder, STILL } from './support/airbyte-folder.ts';
import { executable, root, run } from './support/command.ts';
import { withSimulator } from './support/simulator.ts';

const { ACCEPTANCE: tool } = process.env;

/** What pytest counts at the end of each suite: "49 passed, 4 skipped in 51.28s". */
const COUNTS = /^(?=.*\d passed).*? in [\d.]+s/gm;

export const acceptance: Client = {
  name: 'acceptance',
  shows: "Airbyte's acceptance tests, and the standard tests of airbyte-cdk, pass.",
  run: async (work) => {
    if (tool === undefined) return skipped('no ACCEPTANCE, the path of a tool that runs the tests on an executable');
    return withSimulator(
      work,
      async (served) => {
        const folder = airbyteFolder(work, served);
        const env = { CONNECTOR_DOC: join(root, 'docs', 'airbyte.md') };
        const { code, stdout, stderr } = await run(work, [tool, executable, folder], { env });
        const counts = stdout.match(COUNTS) ?? [];
        return code === 0 && counts.length > 0 ? passed(counts.join('; ')) : failed(stdout + stderr);
      },
      STILL,
    );
  },
};
