// The package on every version of Node.js that is supported.
import { delimiter, join } from 'node:path';
import { type Client, passed, skipped, type Work } from './client.ts';
import { mustRun, run } from './support/command.ts';
import { install, pack } from './support/package.ts';
import { type Served, withSimulator } from './support/simulator.ts';
import { type ReadStream, runVerbs, told } from './support/verbs.ts';

/** NODE_VERSIONS=20,24 runs these only. */
const versions = (process.env['NODE_VERSIONS'] ?? '20,22,24,26').split(',');

/** Runs every verb by npx with that Node.js, which npm brings as a package. */
async function runOn(version: string, tarball: string, work: Work, served: Served): Promise<ReadStream[]> {
  const folder = await install(work, tarball, { name: `node-${version}`, beside: [`node@${version}`] });
  const PATH = [join(folder, 'node_modules', 'node', 'bin'), process.env['PATH']].join(delimiter);
  const options = { cwd: folder, env: { PATH } };
  const is = (await mustRun(work, ['node', '--version'], options)).trim();
  if (!is.startsWith(`v${version}.`)) throw new Error(`node@${version} is Node.js ${is}.`);
  const npx = ['npx', '--no-install', 'source-metabase'];
  await mustRun(work, [...npx, 'validate'], options);
  return runVerbs(work, npx, served, options);
}

export const nodeVersions: Client = {
  name: 'node-versions',
  shows:
    'On every supported Node.js, npx runs validate, spec, check, discover and read from the packed tarball, with the same records.',
  run: async (work) => {
    const view = await run(work, ['npm', 'view', 'node', 'version', '--prefer-offline']);
    if (view.code !== 0) return skipped('no npm registry can be reached, which has Node.js as a package');
    return withSimulator(work, async (served) => {
      const tarball = await pack(work);
      const counts = new Map<string, string>();
      for (const version of versions) counts.set(version, told(await runOn(version, tarball, work, served)));
      const distinct = [...new Set(counts.values())];
      if (distinct.length > 1)
        throw new Error([...counts].map(([version, count]) => `${version}: ${count}`).join('\n'));
      return passed(`${versions.join(', ')}: ${distinct.join('')} each`);
    });
  },
};
