// The four verbs of a source, with their flags. Loaded when a verb needs the engine.
import { readConfig, readJsonFile } from '../../engine/config.ts';
import * as source from '../../engine/source.ts';
import { run } from './run.ts';
import type { CommonFlags } from './verb.ts';

export const spec = (flags: CommonFlags): Promise<void> => run(flags, source.spec);

export const check = (flags: CommonFlags & { config: string }): Promise<void> =>
  run(flags, (engine) => source.check(engine, () => readConfig(flags.config)));

export const discover = (flags: CommonFlags & { config?: string | undefined }): Promise<void> =>
  run(flags, (engine) =>
    flags.config === undefined ? source.discoverAll(engine) : source.discover(engine, readConfig(flags.config)),
  );

export const read = (flags: CommonFlags & { config: string; catalog: string; state?: string }): Promise<void> =>
  run(flags, (engine) => {
    const state = flags.state === undefined ? null : readJsonFile(flags.state, '--state');
    return source.read(engine, readConfig(flags.config), readJsonFile(flags.catalog, '--catalog'), state);
  });
