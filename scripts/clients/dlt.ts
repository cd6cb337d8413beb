// The example for dlt, which reads through PyAirbyte.
import { dirname, delimiter, join } from 'node:path';
import { type Client, failed, passed, skipped } from './client.ts';
import { executable, mustRun, root } from './support/command.ts';
import { pythonOptions, pythonWith } from './support/python.ts';
import { withSimulator } from './support/simulator.ts';

const example = join(root, 'examples', 'dlt', 'load.py');
const streams = ['cards', 'dashboards', 'users'];

export const dlt: Client = {
  name: 'dlt',
  shows: 'dlt loads streams into DuckDB, twice, reading them through PyAirbyte.',
  run: async (work) => {
    const found = await pythonWith(work, ['airbyte', 'dlt'], 'examples/dlt/requirements.txt');
    if ('why' in found) return skipped(found.why);
    const PATH = [dirname(executable), process.env['PATH']].join(delimiter);
    const own = { PATH, DLT_DATA_DIR: join(work.folder, 'dlt'), RUNTIME__DLTHUB_TELEMETRY: 'false' };
    const options = { env: { ...pythonOptions(work).env, ...own } };
    return withSimulator(work, async ({ configPath }) => {
      const load = () => mustRun(work, [found.python, example, configPath, ...streams], options);
      const [first, second] = [await load(), await load()];
      const counts = [...first.matchAll(/^\w+ +[1-9]\d*$/gm)].map(([line]) => line.replace(/ +/, ' '));
      if (counts.length !== streams.length || first !== second) return failed(`First:\n${first}\nSecond:\n${second}`);
      return passed(counts.join(', '));
    });
  },
};
