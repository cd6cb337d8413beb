// What the help promises: every verb has its place, a summary and examples, and its examples can be typed as they stand.
import { expect, test } from 'vitest';
import { createProgram, verbs } from '../../bin/cli/program.ts';
import type { Verb, VerbGroup } from '../../bin/cli/verb.ts';

/** The words of a command line, as a shell splits them, up to where its output goes. */
const wordsOf = (line: string): string[] =>
  [...line.replace(/ [>|] .*/, '').matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, plain]) => single ?? double ?? plain ?? '',
  );

/** The verbs that a command line runs, without running them. */
async function ranBy(line: string): Promise<string[]> {
  const ran: string[] = [];
  const silent = (verb: Verb): Verb => ({ ...verb, run: () => void ran.push(verb.name) });
  const silentAll = (verb: Verb | VerbGroup): Verb | VerbGroup =>
    'verbs' in verb ? { ...verb, verbs: verb.verbs.map(silent) } : silent(verb);
  const [name, ...args] = wordsOf(line);
  expect(name).toBe('source-metabase');
  const groups = Object.entries(verbs).map(([heading, group]) => [heading, group.map(silentAll)] as const);
  await createProgram(Object.fromEntries(groups)).parseAsync(args, { from: 'user' });
  return ran;
}

const help = (): string => {
  let text = '';
  createProgram()
    .configureOutput({ writeOut: (part) => (text += part) })
    .outputHelp();
  return text;
};

const all = Object.values(verbs)
  .flat()
  .flatMap((verb) => ('verbs' in verb ? verb.verbs : verb));

test.each(all.map((verb) => [verb.name, verb] as const))(
  '%s says what it does and how it is typed',
  async (name, verb) => {
    expect(verb.summary).toMatch(/^[A-Z].*\.$/);
    expect(verb.examples.length).toBeGreaterThan(0);
    for (const example of verb.examples) expect(await ranBy(example), example).toEqual([name]);
  },
);

test('the help begins with what most people come for: three command lines that can be typed as they stand', async () => {
  const lines = [...help().matchAll(/^ {2}\$ (.+)$/gm)].map(([, line = '']) => line);
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(await ranBy(line), line).toHaveLength(1);
});

test('the verbs stand under what they are for', () => {
  const headings = [...help().matchAll(/^(\w.*):$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual(['Options', 'Run a connector', 'Write a manifest', 'Elsewhere', 'Examples']);
});

test('every verb takes --manifest and --debug, whatever it does: other programs pass them to all', () => {
  const leaves = createProgram().commands.flatMap((command) =>
    command.commands.length === 0 ? [command] : command.commands,
  );
  for (const { options } of leaves) {
    expect(options.map(({ long }) => long)).toEqual(expect.arrayContaining(['--manifest', '--debug']));
  }
});
