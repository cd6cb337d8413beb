// The example for GitHub Actions: valid for GitHub, and its step syncs.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Client, failed, passed, skipped } from './client.ts';
import { isInstalled, mustRun, root } from './support/command.ts';
import { install, pack } from './support/package.ts';
import { withSimulator } from './support/simulator.ts';

const { CHECK_JSONSCHEMA: command = 'check-jsonschema' } = process.env;
const workflow = join(root, 'examples', 'github-actions', 'metabase-sync.yml');

interface Workflow {
  jobs: { sync: { steps: { run?: string }[] } };
}

export const scheduledWorkflow: Client = {
  name: 'scheduled-workflow',
  shows: 'The workflow of the example is valid against the schema of GitHub, and its step syncs into DuckDB.',
  run: async (work) => {
    if (!isInstalled(command)) {
      return skipped(`no "${command}": pip install check-jsonschema, or name it in CHECK_JSONSCHEMA`);
    }
    await mustRun(work, [command, '--builtin-schema', 'vendor.github-workflows', workflow]);
    const { jobs } = parse(readFileSync(workflow, 'utf8')) as Workflow;
    const scripts = jobs.sync.steps.flatMap((step) => step.run ?? []);
    // Installed beside it, npx takes this package and not one from the registry.
    const folder = await install(work, await pack(work), { name: 'runner' });
    await withSimulator(work, async ({ config }) => {
      const options = { cwd: folder, env: { METABASE_CONFIG: JSON.stringify(config) } };
      for (const script of scripts) await mustRun(work, ['bash', '-e', '-c', script], options);
    });
    if (!existsSync(join(folder, 'metabase.duckdb'))) return failed('There is no metabase.duckdb after its steps.');
    if (existsSync(join(folder, 'config.json'))) return failed('The config is still there after its steps.');
    return passed('valid, and its step ran');
  },
};
