// Runs the command line of the process; its errors become exit codes.
import { CommanderError } from 'commander';
import { createProgram, verbs } from './program.ts';

const WRONG_USAGE = 2;

// A reader that goes away, such as `head`, needs nothing more.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  if (code !== 'EPIPE') process.exitCode = 1;
});

async function main(): Promise<void> {
  try {
    await createProgram(verbs, process.argv[2]).parseAsync();
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    process.exitCode = thrown.exitCode === 0 ? 0 : WRONG_USAGE;
  }
}

void main();
