// A test read for the verbs that make one: the manifest, the config, the recordings and the signals.
import { dirname } from 'node:path';
import type { Command } from 'commander';
import { type Attempt, attempt } from '../../engine/authoring/trial/attempt.ts';
import { refuseName, UnknownStreamError } from '../../engine/authoring/trial/find-stream.ts';
import { readRecording, type Recording, writeRecording } from '../../engine/authoring/trial/recording.ts';
import { type DeclaredAt, schemaPlace } from '../../engine/authoring/schema/schema-place.ts';
import { readConfig } from '../../engine/config.ts';
import { EngineError, TransientError } from '../../engine/errors.ts';
import { formatDiagnostic } from '../../engine/manifest/diagnostic.ts';
import type { ReadManifest } from '../../engine/manifest/read-manifest.ts';
import { createHttpClient } from '../../engine/run/client.ts';
import { wallClock } from '../../engine/run/send.ts';
import type { JsonObject } from '../../engine/text/json.ts';
import { read } from './manifest.ts';
import { dieBy, type StopSignal } from './signals.ts';
import type { CommonFlags } from './verb.ts';

export interface AttemptFlags extends CommonFlags {
  config?: string;
  limit?: number;
  slices?: number;
  record?: string;
  replay?: string;
}

export interface Attempted extends Attempt {
  /** Where the schema of the stream is declared. */
  readonly place: DeclaredAt;
  readonly manifestPath: string;
  /** Path of the recording that was written. */
  readonly written: string | undefined;
}

interface AttemptSettings {
  readonly manifestPath: string;
  /** How much is read when nobody says; of a recording, as much as was recorded. */
  readonly usual: { readonly limit: number; readonly slices: number };
  /** What an earlier run has recorded. */
  readonly earlier?: Recording | undefined;
  /** Whether the next run wants a recording. */
  readonly isRecording?: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Told of the files of the manifest. */
  readonly onFiles?: (files: readonly string[]) => void;
}

/** The streams of the manifest by name, before anything is asked. Throws UnknownStreamError. */
function checkName({ tree }: ReadManifest, name: string): void {
  const { streams = [], dynamic_streams: dynamic } = tree as { streams?: JsonObject[]; dynamic_streams?: unknown };
  const names = streams.map((stream) => String(stream['name']));
  if (dynamic === undefined && !names.includes(name)) refuseName(name, names);
}

/** Reads. Undefined when that was not possible: the reason has been told, and the exit code is set. */
export async function attemptWith(
  stream: string,
  flags: AttemptFlags,
  { manifestPath, usual, earlier, isRecording = false, signal, onFiles }: AttemptSettings,
): Promise<Attempted | undefined> {
  const manifest = read(manifestPath);
  onFiles?.(manifest.files);
  const problems = manifest.diagnostics.filter(({ severity }) => severity === 'error');
  if (problems.length > 0) {
    process.stderr.write(`The manifest has problems:\n${problems.map(formatDiagnostic).join('\n')}\n`);
    process.exitCode = 1;
    return undefined;
  }
  checkName(manifest, stream);
  const recording = earlier ?? (flags.replay === undefined ? undefined : readRecording(flags.replay, stream));
  const result = await attempt({
    manifest: { tree: manifest.tree as JsonObject, folder: dirname(manifestPath) },
    ...{ stream, clock: wallClock, recording, signal },
    limit: flags.limit ?? recording?.limit ?? usual.limit,
    slices: flags.slices ?? recording?.slices ?? usual.slices,
    config: flags.config === undefined ? undefined : readConfig(flags.config),
    server: flags.replay === undefined ? createHttpClient() : undefined,
    isRecording: isRecording || flags.record !== undefined,
    isDebug: flags.debug ?? false,
  });
  const written =
    flags.record === undefined || !result.recording ? undefined : writeRecording(flags.record, result.recording);
  return { ...result, place: schemaPlace(manifest, manifestPath, stream), manifestPath, written };
}

/**
 * Runs, and tells what goes wrong: a name that is none as wrong usage, the rest with exit code 1. A signal stops it in good order: a
 * session is closed that was opened.
 */
export async function told(command: Command, run: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const abort = new AbortController();
  let stoppedBy: StopSignal | undefined;
  const stop = (by: StopSignal): void => {
    stoppedBy = by;
    abort.abort(new TransientError(`Stopped by ${by}.`));
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    await run(abort.signal);
  } catch (thrown) {
    if (thrown instanceof UnknownStreamError) command.error(`error: ${thrown.message}`);
    if (!(thrown instanceof EngineError)) throw thrown;
    process.stderr.write(`${thrown.message}\n`);
    process.exitCode = 1;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
  if (stoppedBy) dieBy(stoppedBy);
}
