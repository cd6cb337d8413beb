// The command line: the verbs, by what they are for, in the order of the help. What the bundle can answer itself it answers without
// loading the engine.
import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { addVerb, examplesText, type Verb, type VerbGroup } from './verb.ts';
import bundle from './verbs/bundle.ts';
import check from './verbs/check.ts';
import completion from './verbs/completion.ts';
import discover from './verbs/discover.ts';
import docs from './verbs/docs.ts';
import explain from './verbs/explain.ts';
import inferSchema from './verbs/infer-schema.ts';
import newVerb from './verbs/new.ts';
import read from './verbs/read.ts';
import spec from './verbs/spec.ts';
import sync from './verbs/sync.ts';
import test from './verbs/test.ts';
import tryVerb from './verbs/try.ts';
import validate from './verbs/validate.ts';

/** The verbs, by the heading that they have in the help. */
export const verbs: Readonly<Record<string, readonly (Verb | VerbGroup)[]>> = {
  'Run a connector:': [spec, check, discover, read, sync],
  'Write a manifest:': [newVerb, tryVerb, inferSchema, validate, test, explain],
  'Elsewhere:': [bundle, docs, completion],
};

/** What most people come for. */
const examples = [
  'source-metabase check --config config.json',
  'source-metabase read --config config.json --catalog catalog.json > records.jsonl',
  'source-metabase validate manifest.yaml',
];

/** The program; it ends by throwing a CommanderError. Where a verb is asked for, it is the only one: declaring the others takes time. */
export function createProgram(groups = verbs, asked?: string): Command {
  const only = Object.values(groups)
    .flat()
    .filter((verb) => verb.name === asked && !('isAboutOthers' in verb && verb.isAboutOthers));
  const program = new Command('source-metabase')
    .description('Reads a Metabase instance and speaks the Airbyte protocol. Any other manifest runs too.')
    .version(packageJson.version, '-V, --version', 'prints the version')
    .helpOption('-h, --help', 'prints this help')
    .exitOverride()
    .showHelpAfterError('Try --help.')
    .addHelpText('after', examplesText(examples));
  for (const [heading, group] of Object.entries(groups)) {
    program.commandsGroup(heading);
    for (const verb of group) if (only.length === 0 || only.includes(verb)) addVerb(program, verb);
  }
  return program.helpCommand('help [command]', 'Prints the help of a command.');
}
