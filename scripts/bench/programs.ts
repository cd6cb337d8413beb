// The programs that are measured against each other, and how each is called.
import { appendFileSync, cpSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { referenceManifest } from './reference-manifest.ts';
import type { Command } from './measure.ts';
import type { Simulator } from './simulator.ts';

/** `same manifest`: ours, with the manifest that the reference engine runs. */
export type ProgramName = 'source-metabase' | 'same manifest' | 'floor' | 'node -e 0' | 'reference';
export type Verb = 'spec' | 'discover' | 'check' | 'read' | 'validate' | 'validate own';

/** What a program is told to do; the programs that have no verbs do the one thing they can. */
export interface Task {
  readonly verb: Verb;
  readonly simulator: Simulator | undefined;
  /** Streams to read. */
  readonly streams?: readonly string[];
  /** Whether the hook that takes the peak of the memory is loaded, at the cost of a few milliseconds. */
  readonly takesPeak: boolean;
}

export interface Programs {
  readonly names: readonly ProgramName[];
  commandOf: (name: ProgramName, task: Task) => Command;
}

const root = join(import.meta.dirname, '..', '..');
const executable = join(root, 'bin', 'source-metabase');
const PATH = dirname(process.execPath) + delimiter + (process.env['PATH'] ?? '');

const PYTHON_HOOK = `import atexit, os, re
@atexit.register
def leave_peak():
    with open("/proc/self/status") as status, open(os.environ["BENCH_PEAK"], "w") as peak:
        peak.write(re.search(r"VmHWM:\\s*(\\d+)", status.read()).group(1))
`;

/** Writes what the programs need into a folder. `reference` is the path of source-declarative-manifest, where there is one. */
export async function preparePrograms(folder: string, reference: string | undefined): Promise<Programs> {
  const options = { outdir: folder, platform: 'node', target: 'node20', logLevel: 'error' } as const;
  await build({
    ...options,
    entryPoints: [fileURLToPath(new URL('./floor.ts', import.meta.url))],
    format: 'esm',
    outExtension: { '.js': '.mjs' },
  });
  await build({
    ...options,
    entryPoints: [fileURLToPath(new URL('./peak.ts', import.meta.url))],
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
  });
  const [floor, nodeHook] = [join(folder, 'floor.mjs'), join(folder, 'peak.cjs')];
  writeFileSync(join(folder, 'sitecustomize.py'), PYTHON_HOOK);
  const manifest = join(folder, 'manifest.yaml');
  writeFileSync(manifest, referenceManifest());

  const own = join(folder, 'own');
  for (const part of ['manifest.yaml', 'streams', 'schemas'])
    cpSync(join(root, part), join(own, part), { recursive: true });
  /** Makes the text of a file one that no run has seen. */
  const keyStrokeIn = (path: string): void => appendFileSync(path, '#\n');

  const file = (name: string, content: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(content));
    return path;
  };
  const catalogOf = (streams: readonly string[]): string =>
    file('catalog.json', {
      streams: streams.map((name) => ({
        stream: { name, json_schema: {}, supported_sync_modes: ['full_refresh'] },
        sync_mode: 'full_refresh',
        destination_sync_mode: 'overwrite',
      })),
    });
  const argumentsOf = ({ verb, simulator, streams = [] }: Task): string[] => {
    if (verb === 'spec') return [verb];
    const { apiUrl = 'http://127.0.0.1:9/api', username = 'nobody', password = 'none' } = simulator ?? {};
    const config = file('config.json', { instance_api_url: `${apiUrl}/`, username, password });
    return [verb, '--config', config, ...(verb === 'read' ? ['--catalog', catalogOf(streams)] : [])];
  };
  const ours = (task: Task): string[] => {
    if (task.verb === 'validate') {
      keyStrokeIn(manifest);
      return [executable, 'validate', manifest];
    }
    if (task.verb === 'validate own') {
      keyStrokeIn(join(own, 'streams', 'cards.yaml'));
      return [executable, 'validate', own];
    }
    if (task.verb === 'discover') return [executable, 'discover', '--all'];
    return [executable, ...argumentsOf(task)];
  };

  const lines: Record<ProgramName, (task: Task) => string[]> = {
    'source-metabase': ours,
    'same manifest': (task) => [executable, ...argumentsOf(task), '--manifest', manifest],
    'node -e 0': () => [process.execPath, '-e', '0'],
    floor: ({ simulator }) => [
      process.execPath,
      floor,
      ...(simulator ? [simulator.apiUrl, simulator.username, simulator.password] : []),
    ],
    reference: (task) => [
      resolve(reference ?? ''),
      ...argumentsOf(task),
      ...(task.verb === 'spec' ? [] : ['--manifest-path', manifest]),
    ],
  };
  return {
    names: [
      'source-metabase',
      'same manifest',
      'floor',
      'node -e 0',
      ...(reference === undefined ? [] : (['reference'] as const)),
    ],
    commandOf: (name, task) => ({
      line: lines[name](task),
      env: { PATH, ...(task.takesPeak && { NODE_OPTIONS: `--require ${nodeHook}`, PYTHONPATH: folder }) },
    }),
  };
}
