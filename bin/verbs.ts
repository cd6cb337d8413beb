// What each verb does with its flags. Loaded when a verb needs the engine.
import { resolve } from 'node:path';
import { readConfig, readJsonFile } from '../engine/config.ts';
import * as source from '../engine/source.ts';
import { ownManifest, validate as validateManifest } from './manifest.ts';
import { run, type RunFlags } from './run.ts';

export const spec = (flags: RunFlags): Promise<void> => run(flags, source.spec);

export const check = (flags: RunFlags & { config: string }): Promise<void> =>
  run(flags, (engine) => source.check(engine, () => readConfig(flags.config)));

export const discover = (flags: RunFlags & { config?: string | undefined }): Promise<void> =>
  run(flags, (engine) =>
    flags.config === undefined ? source.discoverAll(engine) : source.discover(engine, readConfig(flags.config)),
  );

export const read = (flags: RunFlags & { config: string; catalog: string; state?: string }): Promise<void> =>
  run(flags, (engine) => {
    const state = flags.state === undefined ? null : readJsonFile(flags.state, '--state');
    return source.read(engine, readConfig(flags.config), readJsonFile(flags.catalog, '--catalog'), state);
  });

export function validate(path: string | undefined, flags: RunFlags): void {
  const { text, isRight } = validateManifest(resolve(path ?? flags.manifest ?? ownManifest));
  process.stdout.write(text);
  process.exitCode = isRight ? 0 : 1;
}
