// Wires the engine to the process: stdout, signals, exit code.
import { asEngineError, TransientError } from '../../engine/errors.ts';
import { errorTrace, log } from '../../engine/protocol/messages.ts';
import { createRedactor, type Redactor } from '../../engine/protocol/redact.ts';
import { createWriter, type Writer } from '../../engine/protocol/writer.ts';
import { createHttpClient } from '../../engine/run/client.ts';
import { wallClock } from '../../engine/run/send.ts';
import type { Engine } from '../../engine/source.ts';
import { loadManifest } from './manifest.ts';
import { dieBy, type StopSignal } from './signals.ts';
import type { CommonFlags } from './verb.ts';

/** How long streams and sessions may take to end after a fault. */
const CLOSING_MS = 5000;

const toStdout = (redactor: Redactor, signal: AbortSignal): Writer => createWriter(process.stdout, redactor, signal);

/** Runs a verb. What goes wrong becomes one TRACE message and exit code 1; a signal or a closed pipe stops it in good order. */
export function run(flags: CommonFlags, verb: (engine: Engine) => Promise<void>): Promise<void> {
  return runInto(toStdout, flags, verb);
}

/** The same for a verb whose messages go elsewhere than to the standard output. */
export async function runInto<W extends Writer>(
  makeWriter: (redactor: Redactor, signal: AbortSignal) => W,
  flags: CommonFlags,
  verb: (engine: Engine & { readonly writer: W }) => Promise<void>,
): Promise<void> {
  const redactor = createRedactor();
  const abort = new AbortController();
  const writer = makeWriter(redactor, abort.signal);
  let stoppedBy: StopSignal | 'EPIPE' | undefined;

  const stop = (by: StopSignal | 'EPIPE'): void => {
    stoppedBy ??= by;
    abort.abort(new TransientError(by === 'EPIPE' ? 'The reader closed the pipe.' : `The sync was stopped by ${by}.`));
  };
  const fail = async (thrown: unknown): Promise<void> => {
    process.exitCode = 1;
    await writer.write(errorTrace(asEngineError(thrown), Date.now()));
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
  process.stdout.on('error', () => stop('EPIPE'));
  // A fault of ours stops everything in good order too, and becomes the error that is told.
  process.on('uncaughtException', (thrown) => {
    abort.abort(asEngineError(thrown));
    setTimeout(() => process.exit(1), CLOSING_MS).unref();
  });

  try {
    const manifest = loadManifest(flags.manifest);
    for (const warning of manifest.warnings ?? []) await writer.write(log('WARN', warning));
    await verb({
      manifest,
      writer,
      redactor,
      client: createHttpClient(),
      clock: wallClock,
      random: Math.random,
      isDebug: flags.debug ?? false,
      signal: abort.signal,
    });
  } catch (thrown) {
    await fail(thrown);
  }
  await writer.flush();
  // Idle connections are kept alive; nothing waits for them.
  if (stoppedBy === 'EPIPE') process.exit(0);
  if (stoppedBy) dieBy(stoppedBy);
}
