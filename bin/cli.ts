// The command line: says which verbs and flags there are, parses them, and hands over. What the bundle can answer itself it answers
// without loading the engine.
import { Command, CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { bundledFile } from './bundled.ts';
import type * as Verbs from './verbs.ts';

const WRONG_USAGE = 2;

interface Flags {
  manifest?: string;
  debug?: boolean;
  config: string;
  catalog: string;
  state?: string;
  all?: boolean;
}

// A reader that goes away, such as `head`, needs nothing more.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  if (code !== 'EPIPE') process.exitCode = 1;
});

const verbs = (): Promise<typeof Verbs> => import('./verbs.ts');

/** Prints an answer of the bundle, if it holds for these flags. */
function answered({ manifest }: Flags, name: 'spec.jsonl' | 'catalog.jsonl'): boolean {
  const answer = manifest === undefined ? bundledFile(name) : undefined;
  if (answer !== undefined) process.stdout.write(answer);
  return answer !== undefined;
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

verb('spec', 'Prints what can be configured, as a SPEC message.').action(async (flags: Flags) => {
  if (!answered(flags, 'spec.jsonl')) await (await verbs()).spec(flags);
});

verb('check', 'Checks the connection and prints a CONNECTION_STATUS message.')
  .requiredOption('--config <path>', 'JSON file with the configuration')
  .action(async (flags: Flags) => (await verbs()).check(flags));

verb('discover', 'Prints the streams and their schemas, as a CATALOG message.')
  .option('--config <path>', 'JSON file with the configuration')
  .option('--all', 'every stream of the manifest, without a configuration and without asking the server')
  .action(async (flags: Flags, command: Command) => {
    if (flags.all === true) {
      if (!answered(flags, 'catalog.jsonl')) await (await verbs()).discover({ ...flags, config: undefined });
    } else if ((flags.config as string | undefined) === undefined) {
      command.error("error: required option '--config <path>' not specified");
    } else await (await verbs()).discover(flags);
  });

verb('read', 'Prints the records of the configured streams, as RECORD messages.')
  .requiredOption('--config <path>', 'JSON file with the configuration')
  .requiredOption('--catalog <path>', 'JSON file with the configured catalog')
  .option('--state <path>', 'JSON file with the state of the last sync')
  .addHelpText(
    'after',
    '\nExample:\n  source-metabase read --config config.json --catalog catalog.json > records.jsonl',
  )
  .action(async (flags: Flags) => (await verbs()).read(flags));

verb('validate', 'Checks a manifest and the files it refers to, and prints every problem with its place.')
  .argument('[path]', 'the manifest; the connector’s own if left out')
  .addHelpText('after', '\nExit code: 0 if there is no problem, 1 if there are some.')
  .action(async (path: string | undefined, flags: Flags) => {
    (await verbs()).validate(path, flags);
  });

try {
  await program.parseAsync();
} catch (thrown) {
  if (!(thrown instanceof CommanderError)) throw thrown;
  process.exitCode = thrown.exitCode === 0 ? 0 : WRONG_USAGE;
}
