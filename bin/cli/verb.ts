// The one shape of a verb: what it is called, what may be written after it, examples, and what it does. A verb's file imports no
// more than its declaration needs: what it does is loaded when it runs, for the help must come at once.
import type { Command } from 'commander';

/** What every verb takes. */
export interface CommonFlags {
  manifest?: string;
  debug?: boolean;
}

export interface Verb<Flags extends CommonFlags = CommonFlags, Args extends unknown[] = unknown[]> {
  readonly name: string;
  /** One sentence, for the list of verbs. */
  readonly summary: string;
  /** Adds its arguments and flags; those that every verb takes are there already. */
  readonly declare?: (command: Command) => unknown;
  /** Command lines, for its help. */
  readonly examples: readonly string[];
  /** More for its help, such as what its exit codes mean. */
  readonly notes?: string;
  /** Left out, `--manifest` is the nearest manifest.yaml here or above. */
  readonly isForAuthors?: boolean;
  /** Whether it asks the program for the other verbs. */
  readonly isAboutOthers?: boolean;
  /** Runs it. `command.error` ends with the exit code of wrong usage, 2. */
  readonly run: (flags: Flags, args: Args, command: Command) => void | Promise<void>;
}

/** Verbs of two words, such as `new stream`. */
export interface VerbGroup {
  readonly name: string;
  readonly summary: string;
  readonly verbs: readonly Verb[];
}

/** Declares a verb; there to say the types of its flags and arguments. */
export const verb = <Flags extends CommonFlags, Args extends unknown[] = []>(declared: Verb<Flags, Args>): Verb =>
  declared as unknown as Verb;

/** Command lines as the help shows them. */
export const examplesText = (examples: readonly string[]): string =>
  [`\nExample${examples.length === 1 ? '' : 's'}:`, ...examples.map((example) => `  $ ${example}`)].join('\n');

/** Makes the verbs of a group commands of one command. */
function addGroup(program: Command, { name, summary, verbs }: VerbGroup): void {
  const command = program
    .command(name)
    .description(summary)
    .helpOption('-h, --help', 'prints this help')
    .helpCommand(false);
  for (const one of verbs) addVerb(command, one);
  command.addHelpText('after', examplesText(verbs.flatMap(({ examples }) => examples.slice(0, 1))));
}

/** Makes a verb a command of the program. */
export function addVerb(program: Command, declared: Verb | VerbGroup): void {
  if ('verbs' in declared) addGroup(program, declared);
  else addOne(program, declared);
}

function addOne(program: Command, { name, summary, declare, examples, notes, isForAuthors, run }: Verb): void {
  const command = program.command(name).description(summary);
  declare?.(command);
  command
    .option(
      '--manifest <path>',
      isForAuthors
        ? 'the manifest (default: the nearest manifest.yaml, in this folder or above; else the connector’s own)'
        : 'a manifest to run instead of the connector’s own',
    )
    .option('--debug', 'logs every request')
    .helpOption('-h, --help', 'prints this help');
  command.addHelpText('after', `${examplesText(examples)}${notes === undefined ? '' : `\n\n${notes}`}`);
  command.action((...given: unknown[]) =>
    run(command.opts(), given.slice(0, command.registeredArguments.length), command),
  );
}
