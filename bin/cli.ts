// The command line: parses arguments, wires the engine to the process, sets the exit code. Nothing else.
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, CommanderError } from 'commander';
import { readConfig, readJsonFile } from '../engine/config.ts';
import { asEngineError } from '../engine/errors.ts';
import { errorTrace } from '../engine/protocol/messages.ts';
import { createRedactor } from '../engine/protocol/redact.ts';
import { createWriter } from '../engine/protocol/writer.ts';
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

/** Ends as the signal would have ended it; as PID 1, where that cannot be, with 128 + its number. */
function dieBy(signal: 'SIGTERM' | 'SIGINT'): void {
  if (process.pid === 1) process.exit(signal === 'SIGTERM' ? 143 : 130);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

/** Runs a verb. What goes wrong becomes one TRACE message and exit code 1. */
async function run(flags: Pick<Flags, 'manifest' | 'debug'>, verb: (engine: Engine) => Promise<void>): Promise<void> {
  const redactor = createRedactor();
  const writer = createWriter(process.stdout, redactor);
  const abort = new AbortController();
  let killedBy: 'SIGTERM' | 'SIGINT' | undefined;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      killedBy = signal;
      abort.abort(new Error(`stopped by ${signal}`));
    });
  }
  // A reader that has seen enough, such as `head`, is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  try {
    await verb({
      manifest: loadManifest(flags.manifest, packageFolder),
      writer,
      redactor,
      clock: { now: Date.now, sleep: (ms, signal) => sleep(ms, undefined, signal && { signal }) },
      random: Math.random,
      isDebug: flags.debug ?? false,
      signal: abort.signal,
    });
  } catch (thrown) {
    await writer.write(errorTrace(asEngineError(thrown), Date.now()));
    process.exitCode = 1;
  }
  await writer.flush();
  if (killedBy) dieBy(killedBy);
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
