// The verb try: a test read of one stream, once or at every save. Loaded when it runs.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Recording } from '../../engine/authoring/trial/recording.ts';
import { shownPath } from '../../engine/authoring/schema/schema-place.ts';
import { jsonLines, type Part, trialLines, troubleLines } from '../../engine/authoring/show/trial.ts';
import { type AttemptFlags, attemptWith, type Attempted, told } from './attempt.ts';
import { authorsManifest } from './authors-manifest.ts';
import { screenOf } from './screen.ts';
import { clear } from './terminal.ts';
import { watch } from './watch.ts';

export interface TryFlags extends AttemptFlags {
  show: Part;
  format: 'table' | 'json';
  watch?: boolean;
}

const write = (stream: NodeJS.WriteStream, lines: readonly string[]): void => {
  if (lines.length > 0) stream.write(`${lines.join('\n').trimEnd()}\n`);
};

/** Records alone as JSON go to other programs: what else there is to tell goes to the standard error. */
function print(
  { trial, place, written }: Attempted,
  { show, format, record, stream }: TryFlags & { stream: string },
): void {
  const screen = screenOf(process.stdout);
  if (show === 'records' && format === 'json') {
    write(process.stdout, jsonLines(trial));
    write(process.stderr, troubleLines(trial, { ...screen, paint: (_, text) => text }));
  } else {
    const kept =
      written === undefined
        ? []
        : [`Recorded in ${shownPath(written)}: source-metabase try ${stream} --replay ${record ?? ''}`];
    write(process.stdout, [
      ...trialLines(trial, { show, format, place }, screen),
      ...kept.map((line) => screen.paint('dim', line)),
    ]);
  }
  process.exitCode = trial.error ? 1 : 0;
}

/** Reads and shows; with --watch again at every save, from what was recorded the first time. */
export async function tryOut(stream: string, flags: TryFlags, command: Command): Promise<void> {
  let earlier: Recording | undefined;
  const manifestPath = resolve(authorsManifest(flags.manifest));
  let files: readonly string[] = [manifestPath];
  const isWatching = flags.watch ?? false;
  const run = (): Promise<void> =>
    told(command, async (signal) => {
      const onFiles = (found: readonly string[]): void => void (files = found);
      const attempted = await attemptWith(stream, flags, {
        usual: { limit: 10, slices: 3 },
        ...{ manifestPath, earlier, isRecording: isWatching, signal, onFiles },
      });
      if (!attempted) return;
      earlier = attempted.recording;
      print(attempted, { ...flags, stream });
    });
  if (!isWatching) return run();
  await watch(
    () => files,
    async () => {
      clear();
      await run();
      if (process.stdout.isTTY)
        process.stdout.write(screenOf(process.stdout).paint('dim', 'Waiting for a save; Ctrl-C ends.\n'));
    },
  );
}
