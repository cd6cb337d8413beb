// The packed tarball in an empty folder, run by npx.
import { type Client, passed } from './client.ts';
import { mustRun } from './support/command.ts';
import { install, pack } from './support/package.ts';
import { withSimulator } from './support/simulator.ts';
import { runVerbs, told } from './support/verbs.ts';

export const npmPackage: Client = {
  name: 'npm-package',
  shows: 'npx source-metabase runs every verb from the packed tarball, installed into an empty folder.',
  run: async (work) => {
    const folder = await install(work, await pack(work), { name: 'user' });
    const npx = ['npx', '--no-install', 'source-metabase'];
    await mustRun(work, [...npx, 'validate'], { cwd: folder });
    const streams = await withSimulator(work, (served) => runVerbs(work, npx, served, { cwd: folder }));
    return passed(told(streams));
  },
};
