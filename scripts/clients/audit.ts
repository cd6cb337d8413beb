// What npm knows of weaknesses in the packages of the lock.
import { type Client, failed, passed, skipped } from './client.ts';
import { root, run } from './support/command.ts';

interface Audit {
  readonly statusCode?: number;
  readonly message?: string;
  readonly vulnerabilities?: Readonly<Record<string, { severity: string }>>;
}

export const audit: Client = {
  name: 'audit',
  shows: 'npm knows of no weakness in any package of the lock.',
  run: async (work) => {
    const { stdout } = await run(work, ['npm', 'audit', '--json'], { cwd: root });
    const { vulnerabilities, message = stdout } = JSON.parse(stdout) as Audit;
    if (vulnerabilities === undefined) return skipped(`the registry cannot be asked: ${message}`);
    const names = Object.entries(vulnerabilities).map(([name, { severity }]) => `${name}: ${severity}`);
    return names.length === 0 ? passed() : failed(`npm audit:\n${names.join('\n')}`);
  },
};
