// The example for cron: the script that it runs, with as little environment as cron gives.
import { copyFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Client, failed, passed, skipped } from './client.ts';
import { isInstalled, mustRun, root, run } from './support/command.ts';
import { install, pack } from './support/package.ts';
import { withSimulator } from './support/simulator.ts';

export const cron: Client = {
  name: 'cron',
  shows:
    'The script for cron syncs into DuckDB and says nothing; when it fails it says why, and the last good file stays.',
  run: async (work) => {
    if (!isInstalled('flock')) return skipped('no "flock", which Linux has in util-linux');
    const folder = await install(work, await pack(work), { name: 'metabase' });
    const script = join(folder, 'sync.sh');
    copyFileSync(join(root, 'examples', 'cron', 'sync.sh'), script);
    const database = join(folder, 'metabase.duckdb');
    const sync = async (CONFIG: string) => {
      const PATH = `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`;
      const command = ['env', '-i', `HOME=${work.folder}`, `PATH=${PATH}`, `CONFIG=${CONFIG}`, script];
      return run(work, command, { cwd: '/' });
    };
    return withSimulator(work, async ({ configPath, simulator }) => {
      const { code, stdout, stderr } = await sync(configPath);
      if (code !== 0 || stdout + stderr !== '') return failed(`It ended with ${code} and said:\n${stdout}${stderr}`);
      await simulator.close();
      const again = await sync(configPath);
      if (again.code !== 1 || again.stdout === '') return failed(`Without a server it ended with ${again.code}.`);
      if (!existsSync(database)) return failed('The failed sync took the database away.');
      await mustRun(work, ['sh', '-n', script]);
      return passed('one good run, one without a server');
    });
  },
};
