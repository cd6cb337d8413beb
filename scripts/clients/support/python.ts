// The Python that PYAIRBYTE_PYTHON names, or python3, when it has what an example needs.
import { join } from 'node:path';
import type { Work } from '../client.ts';
import { type CommandOptions, run } from './command.ts';

const { PYAIRBYTE_PYTHON: python = 'python3' } = process.env;

/** Nothing of PyAirbyte's goes to others, or out of the client's folder. */
export const pythonOptions = ({ folder }: Work): CommandOptions => ({
  env: {
    AIRBYTE_OFFLINE_MODE: '1',
    DO_NOT_TRACK: '1',
    AIRBYTE_PROJECT_DIR: folder,
    AIRBYTE_CACHE_ROOT: join(folder, 'cache'),
    AIRBYTE_LOGGING_ROOT: join(folder, 'logs'),
  },
});

/** The Python, or why there is none that can import these modules. */
export async function pythonWith(
  work: Work,
  modules: readonly string[],
  requirements: string,
): Promise<{ python: string } | { why: string }> {
  const command = [python, '-c', `import ${modules.join(', ')}`];
  const ended = await run(work, command, pythonOptions(work)).catch(() => undefined);
  if (ended?.code === 0) return { python };
  const advice = `make a virtual environment with ${requirements} and name its python in PYAIRBYTE_PYTHON`;
  return { why: `"${python}" cannot import ${modules.join(' and ')}: ${advice}` };
}
