// The verb sync: wires the streams to a target and to the terminal. Loaded when it runs.
import { readConfig } from '../../engine/config.ts';
import { wallClock } from '../../engine/run/send.ts';
import { sync as syncInto } from '../../engine/sync/sync.ts';
import { type TargetName, targets } from '../../engine/sync/targets.ts';
import { createSyncWriter } from '../../engine/sync/writer.ts';
import { createProgress } from './progress.ts';
import { runInto } from './run.ts';
import { summaryOf } from './summary.ts';
import type { CommonFlags } from './verb.ts';

export interface SyncFlags extends CommonFlags {
  config: string;
  to: string;
  streams?: string[];
  target: TargetName;
}

/** Writes streams into a target; how it goes is told on the standard error, the summary on the standard output. */
export async function sync(flags: SyncFlags): Promise<void> {
  const { config, to, streams, target, debug = false } = flags;
  const progress = await createProgress(process.stderr, { isDebug: debug, now: wallClock.now });
  await runInto(
    (redactor) => createSyncWriter(progress, redactor, wallClock.now),
    flags,
    async (engine) => {
      try {
        await syncInto(engine, readConfig(config), { names: streams, open: () => targets[target](to) });
      } finally {
        progress.end();
        if (progress.streams.length > 0) process.stdout.write(summaryOf(progress.streams, to));
      }
    },
  );
}
