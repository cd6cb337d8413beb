// What an author sees in an editor: yaml-language-server with the schema that our files name in their first line.
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CompletionItem, openEditor, type Position } from '../support/language-server.ts';

const root = resolve(import.meta.dirname, '../..');
const editor = await openEditor(root);
afterAll(() => editor.close());

const HEAD = `# yaml-language-server: $schema=../engine/generated/manifest.schema.json
type: DeclarativeStream
name: things
retriever:
  type: SimpleRetriever
  record_selector:
    extractor:
      field_path: []
  requester:
    url: https://example.com/things
`;

/** True for a component with its type, false for a field alone. */
const isWhole = ({ label, insertText = '' }: CompletionItem): boolean => insertText.startsWith(`type: ${label}`);

let count = 0;

/** Opens the file of a stream that ends so. ¦ is where the cursor is. */
async function write(end: string) {
  const text = HEAD + end;
  const before = text.split('¦')[0]?.split('\n') ?? [];
  const position: Position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  const path = resolve(root, 'streams', `unwritten_${(count += 1)}.yaml`);
  const diagnostics = await editor.open(path, text.replace('¦', ''));
  return {
    problems: diagnostics.map(({ message, range }) => [message, range.start.line - HEAD.split('\n').length + 1]),
    snippets: async () => (await editor.complete(path, position)).filter(isWhole),
    labels: async () => (await editor.complete(path, position)).map(({ label }) => label),
    hover: () => editor.hover(path, position),
  };
}

// Together: the server waits a moment before it judges each.
const own = ['manifest.yaml', ...readdirSync(resolve(root, 'streams')).map((name) => `streams/${name}`)];
const problems = new Map<string, unknown>();
beforeAll(async () => {
  const open = async (name: string): Promise<void> => {
    const path = resolve(root, name);
    problems.set(name, await editor.open(path, readFileSync(path, 'utf8')));
  };
  await Promise.all(own.map(open));
}, 60_000);

test.each(own)('an editor finds nothing wrong with %s', (name) => {
  expect(problems.get(name)).toEqual([]);
});

test('completion of a type lists the components that may stand there', async () => {
  const { labels } = await write('    authenticator:\n      type: ¦\n');
  expect((await labels()).sort()).toEqual([
    'ApiKeyAuthenticator',
    'BasicHttpAuthenticator',
    'BearerAuthenticator',
    'LegacySessionTokenAuthenticator',
    'NoAuth',
    'SelectiveAuthenticator',
    'SessionTokenAuthenticator',
  ]);
});

test('completion offers the fields of the type that is written, and of the default type where none is', async () => {
  const typed = await write('    authenticator:\n      type: BearerAuthenticator\n      ¦');
  expect(await typed.labels()).toEqual(['$ref', '$parameters', 'api_token']);
  const untyped = await write('    ¦');
  expect(await untyped.labels()).toEqual(expect.arrayContaining(['path', 'http_method', 'error_handler']));
});

test('completion of a value lists what is allowed', async () => {
  const { labels } = await write('    http_method: ¦\n');
  expect(await labels()).toEqual(['GET', 'POST', 'DELETE']);
});

test('where a component may stand, whole ones are offered', async () => {
  const { labels } = await write('transformations:\n  - ¦');
  expect(await labels()).toEqual(expect.arrayContaining(['AddFields', 'RemoveFields', 'type', '$ref']));
});

/** The text that an editor makes of a snippet without places to fill in. */
const written = (snippet: string, indent: string): string =>
  snippet.replaceAll(/\\([$}\\])/g, '$1').replaceAll('\n', `\n${indent}`);

test.each(['authenticator', 'error_handler', 'request_body'])(
  'every whole component offered for %s is right as it is written',
  async (field) => {
    const { snippets } = await write(`    ${field}:\n      ¦`);
    const offered = await snippets();
    expect(offered).not.toEqual([]);
    const open = async ({ label, insertText = '' }: CompletionItem): Promise<unknown> => {
      const { problems: found } = await write(`    ${field}:\n      ${written(insertText, '      ')}\n`);
      return [label, found];
    };
    expect(await Promise.all(offered.map(open))).toEqual(offered.map(({ label }) => [label, []]));
  },
);

test('hover tells what a field is for, which variables its templates know, its default and whether others know it', async () => {
  const path = await write('    pa¦th: things\n');
  const text = await path.hover();
  expect(text).toContain('Rest of the URL, below `url_base`');
  expect(text).toContain('Templates know `config`, `parameters`, `stream_slice`');
  expect(text).toContain('users/{{ stream_partition.id }}');
  const method = await (await write('    http_me¦thod: GET\n')).hover();
  expect(method).toContain('Default: `GET`.');
  expect(method).toContain('`POST`: Asks with a body');
  expect(await (await write('    require_ht¦tps: true\n')).hover()).toContain('An extension');
});

test('hover over a field that holds a component tells what the field is for, and over its type what that does', async () => {
  const field = await write('    authen¦ticator:\n      type: NoAuth\n');
  expect(await field.hover()).toContain('The credentials to send along');
  const type = await write('    authenticator:\n      type: No¦Auth\n');
  expect(await type.hover()).toContain('Adds no credentials.');
});

test.each([
  ['an unknown field', '    pth: things¦\n', 'Property pth is not allowed.', 0],
  [
    'a field that another type has',
    '    authenticator:\n      type: NoAuth\n      api_token: x¦\n',
    'Property api_token is not allowed.',
    2,
  ],
  [
    'an unknown type',
    '    authenticator:\n      type: BarerAuthenticator¦\n',
    'Value is not accepted. Valid values: "ApiKeyAuthenticator"',
    1,
  ],
  ['a missing field', '    authenticator:\n      type: BearerAuthenticator¦\n', 'Missing property "api_token".', 0],
  ['a missing type', '    authenticator:\n      $parameters: {}¦\n', 'Missing property "type".', 0],
  [
    'a value that is not allowed',
    '    http_method: PUT¦\n',
    'Value is not accepted. Valid values: "GET", "POST", "DELETE".',
    0,
  ],
])('%s is flagged where it stands', async (_, end, message, line) => {
  const { problems: found } = await write(end);
  expect(found).toEqual([[expect.stringContaining(message), line]]);
});
