// The command line: the verbs, in the order of the help. What the bundle can answer itself it answers without loading the engine.
import { Command, CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { addVerb } from './verb.ts';
import check from './verbs/check.ts';
import discover from './verbs/discover.ts';
import read from './verbs/read.ts';
import spec from './verbs/spec.ts';
import validate from './verbs/validate.ts';

const verbs = [spec, check, discover, read, validate];
const WRONG_USAGE = 2;

// A reader that goes away, such as `head`, needs nothing more.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  if (code !== 'EPIPE') process.exitCode = 1;
});

const program = new Command('source-metabase')
  .description('Reads a Metabase instance and speaks the Airbyte protocol.')
  .version(packageJson.version)
  .exitOverride()
  .showHelpAfterError('Try --help.');

for (const verb of verbs) addVerb(program, verb);

try {
  await program.parseAsync();
} catch (thrown) {
  if (!(thrown instanceof CommanderError)) throw thrown;
  process.exitCode = thrown.exitCode === 0 ? 0 : WRONG_USAGE;
}
