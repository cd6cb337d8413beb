// The example for Kubernetes: valid for the API server, and its arguments sync.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { type Client, failed, passed, skipped } from './client.ts';
import { executable, isInstalled, mustRun, root } from './support/command.ts';
import { withSimulator } from './support/simulator.ts';
import { runVerbs } from './support/verbs.ts';

const { KUBERNETES_VALIDATE: command = 'kubernetes-validate' } = process.env;
const file = join(root, 'examples', 'kubernetes', 'cronjob.yaml');

/** The arguments of the container, with the paths of its volumes in the client's folder. */
function argumentsOf(paths: Readonly<Record<string, string>>): string[] {
  const path = ['spec', 'jobTemplate', 'spec', 'template', 'spec', 'containers', 0, 'args'];
  const [args] = parseAllDocuments(readFileSync(file, 'utf8')).flatMap((document) => document.getIn(path) ?? []);
  return (args as { toJSON: () => string[] }).toJSON().map((word) => paths[word] ?? word);
}

export const kubernetes: Client = {
  name: 'kubernetes',
  shows: 'The CronJob of the example is valid against the schemas of Kubernetes, and its arguments sync into files.',
  run: async (work) => {
    if (!isInstalled(command)) {
      return skipped(`no "${command}": pip install kubernetes-validate, or name it in KUBERNETES_VALIDATE`);
    }
    const output = await mustRun(work, [command, '--strict', file]);
    return withSimulator(work, async (served) => {
      const data = join(work.folder, 'data');
      const args = argumentsOf({ '/secrets/config.json': served.configPath, '/data/metabase': data });
      await mustRun(work, [executable, ...args]);
      const [files, streams] = [readdirSync(data), await runVerbs(work, [executable], served)];
      if (files.length !== streams.length)
        return failed(`${files.length} files of ${streams.length} streams:\n${output}`);
      return passed(`valid, and ${files.length} files`);
    });
  },
};
