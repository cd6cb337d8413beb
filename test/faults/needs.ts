// What a case needs that a bare machine may lack. A case without its tool is skipped, and says so.
import { spawnSync } from 'node:child_process';
import type { Case } from './case.ts';

const works = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const hasOpenssl = works('openssl', 'version');
const hasUnshare = works('unshare', '--user', '--map-root-user', '--pid', '--fork', 'true');

/** The tool that is missing for a case; undefined when it can run. */
export function missingFor(faultCase: Case): string | undefined {
  if (JSON.stringify(faultCase).includes('<https>') && !hasOpenssl) return 'openssl';
  if (faultCase.stop?.isPid1 === true && !hasUnshare) return 'unshare';
  return undefined;
}
