// What may come next on a command line: learned from the program itself, so that it is never out of date.
import type { Argument, Command, Option } from 'commander';

export interface Candidates {
  /** Each with what it is for. */
  readonly words: readonly (readonly [word: string, description: string])[];
  /** Whether files may be named here. */
  readonly areFiles: boolean;
}

export interface Line {
  /** Everything after the name of the program; the last word is the one to complete, perhaps empty. */
  readonly words: readonly string[];
  readonly program: Command;
  /** The streams of the manifest that the line names, or else of the one that an author means. */
  readonly streamNames: (manifest: string | undefined) => readonly string[];
}

const nothing: Candidates = { words: [], areFiles: false };

/** What is called `<path>`, `<file>` or the like is a file. */
const FILE = /^(path|file|folder|dir)s?$/i;
const STREAM = /^streams?$/i;

/** The name of an option's value, such as `path`; undefined for one without. */
const valueName = ({ flags }: Option): string | undefined => /[<[]([\w-]+)/.exec(flags)?.[1];

const takesValue = (option: Option): boolean => option.required || option.optional;

interface Place {
  command: Command;
  /** How many arguments of the command are there already. */
  given: number;
  /** The option whose value comes next. */
  pending: Option | undefined;
  /** Values of options by their long names. */
  readonly values: Map<string, string>;
}

const optionNamed = (command: Command, word: string): Option | undefined =>
  command.options.find(({ long, short }) => word === long || word === short);

/** Where on the line the last word stands. */
function placeOf({ program, words }: Line): Place {
  const place: Place = { command: program, given: 0, pending: undefined, values: new Map() };
  for (const word of words.slice(0, -1)) {
    const [name = '', value] = word.split(/=(.*)/s);
    const subcommand = place.command.commands.find((command) => command.name() === word);
    if (place.pending) {
      place.values.set(place.pending.long ?? '', word);
      place.pending = undefined;
    } else if (word.startsWith('-')) {
      const option = optionNamed(place.command, name);
      if (option && value !== undefined) place.values.set(option.long ?? '', value);
      else if (option && takesValue(option)) place.pending = option;
    } else if (subcommand && place.given === 0) place.command = subcommand;
    else place.given += 1;
  }
  return place;
}

/** The values of an option or an argument, by its choices or by what its value is called. */
function valuesOf(choices: readonly string[] | undefined, name: string, { values }: Place, line: Line): Candidates {
  if (choices) return { ...nothing, words: choices.map((choice) => [choice, '']) };
  if (STREAM.test(name)) {
    return { ...nothing, words: line.streamNames(values.get('--manifest')).map((stream) => [stream, 'stream']) };
  }
  return { ...nothing, areFiles: FILE.test(name) };
}

const optionsOf = (command: Command): Candidates['words'] =>
  command
    .createHelp()
    .visibleOptions(command)
    .map(({ long, short, description }) => [long ?? short ?? '', description]);

const commandsOf = (command: Command): Candidates['words'] =>
  command
    .createHelp()
    .visibleCommands(command)
    .map((one) => [one.name(), one.description()]);

function argumentAt({ registeredArguments }: Command, index: number): Argument | undefined {
  const last = registeredArguments.at(-1);
  return registeredArguments[index] ?? (last?.variadic ? last : undefined);
}

function candidatesAt(place: Place, line: Line, current: string): Candidates {
  const { command, pending, given } = place;
  if (pending) return valuesOf(pending.argChoices, valueName(pending) ?? '', place, line);
  const [flag = '', value] = current.split(/=(.*)/s);
  const option = value === undefined ? undefined : optionNamed(command, flag);
  if (option) {
    const { words } = valuesOf(option.argChoices, valueName(option) ?? '', place, line);
    return { ...nothing, words: words.map(([word, description]) => [`${flag}=${word}`, description]) };
  }
  if (current.startsWith('-')) return { ...nothing, words: optionsOf(command) };
  if (command.commands.length > 0) return { ...nothing, words: commandsOf(command) };
  const argument = argumentAt(command, given);
  if (!argument) return { ...nothing, words: optionsOf(command) };
  return valuesOf(argument.argChoices, argument.name(), place, line);
}

/** What may stand in place of the last word. */
export function candidates(line: Line): Candidates {
  const current = line.words.at(-1) ?? '';
  const { words, areFiles } = candidatesAt(placeOf(line), line, current);
  return { words: words.filter(([word]) => word.startsWith(current)), areFiles };
}
