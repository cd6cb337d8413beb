// The command line: parses arguments, wires the engine to the process, sets the exit code. Nothing else.
import { join, resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { readConfig, readJsonFile } from '../engine/config.ts';
import { asEngineError, TransientError } from '../engine/errors.ts';
import { errorTrace } from '../engine/protocol/messages.ts';
import { createRedactor } from '../engine/protocol/redact.ts';
import { createWriter } from '../engine/protocol/writer.ts';
import { createHttpClient } from '../engine/run/http.ts';
import { wallClock } from '../engine/run/send.ts';
import { check, checkState, discover, type Engine, read, spec } from '../engine/source.ts';
import packageJson from '../package.json' with { type: 'json' };
import { loadManifest, validate } from './manifest.ts';

/** Folder of the package: the bundle stands in dist/. */
const packageFolder = join(import.meta.dirname, '..');
const WRONG_USAGE = 2;

interface Flags {
  manifest?: string;
  debug?: boolean;
  config: string;
  catalog: string;
  state?: string;
}

type StopSignal = 'SIGTERM' | 'SIGINT';

/** Ends as the signal would have ended it; as PID 1, where that cannot be, with 128 + its number. */
function dieBy(signal: StopSignal): void {
  if (process.pid === 1) process.exit(signal === 'SIGTERM' ? 143 : 130);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

/** Runs a verb. What goes wrong becomes one TRACE message and exit code 1; a signal or a closed pipe stops it in good order. */
async function run(flags: Pick<Flags, 'manifest' | 'debug'>, verb: (engine: Engine) => Promise<void>): Promise<void> {
  const redactor = createRedactor();
  const abort = new AbortController();
  const writer = createWriter(process.stdout, redactor, abort.signal);
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
  process.on('uncaughtException', (thrown) => void fail(thrown).then(() => process.exit(1)));

  try {
    await verb({
      manifest: loadManifest(flags.manifest, packageFolder),
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

const program = new Command('source-metabase')
  .description('Reads a Metabase instance and speaks the Airbyte protocol.')
  .version(packageJson.version)
  .exitOverride()
  .showHelpAfterError('Try --help.');

/** Adds what every verb takes. */
function verb(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--manifest <path>', 'a manifest to run instead of the connector’s own')
    .option('--debug', 'logs every request');
}

verb('spec', 'Prints what can be configured, as a SPEC message.').action((flags: Flags) => run(flags, spec));

verb('check', 'Checks the connection and prints a CONNECTION_STATUS message.')
  .requiredOption('--config <path>', 'JSON file with the configuration')
  .action((flags: Flags) => run(flags, (engine) => check(engine, () => readConfig(flags.config))));

verb('discover', 'Prints the streams and their schemas, as a CATALOG message.')
  .requiredOption('--config <path>', 'JSON file with the configuration')
  .action((flags: Flags) => run(flags, (engine) => discover(engine, readConfig(flags.config))));

verb('read', 'Prints the records of the configured streams, as RECORD messages.')
  .requiredOption('--config <path>', 'JSON file with the configuration')
  .requiredOption('--catalog <path>', 'JSON file with the configured catalog')
  .option('--state <path>', 'JSON file with the state of the last sync')
  .addHelpText(
    'after',
    '\nExample:\n  source-metabase read --config config.json --catalog catalog.json > records.jsonl',
  )
  .action((flags: Flags) =>
    run(flags, (engine) => {
      if (flags.state !== undefined) checkState(readJsonFile(flags.state, '--state'));
      return read(engine, readConfig(flags.config), readJsonFile(flags.catalog, '--catalog'));
    }),
  );

verb('validate', 'Checks a manifest and the files it refers to, and prints every problem with its place.')
  .argument('[path]', 'the manifest; the connector’s own if left out')
  .addHelpText('after', '\nExit code: 0 if there is no problem, 1 if there are some.')
  .action((path: string | undefined, flags: Flags) => {
    const manifest = resolve(path ?? flags.manifest ?? join(packageFolder, 'manifest.yaml'));
    const { text, isRight } = validate(manifest);
    (isRight ? process.stdout : process.stderr).write(text);
    process.exitCode = isRight ? 0 : 1;
  });

try {
  await program.parseAsync();
} catch (thrown) {
  if (!(thrown instanceof CommanderError)) throw thrown;
  process.exitCode = thrown.exitCode === 0 ? 0 : WRONG_USAGE;
}
