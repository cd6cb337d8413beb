// Which manifest runs: the bundled one, an edited one, that of --manifest, or the nearest one.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withFiles } from '../support/files.ts';
import { messagesOf, root, run, streamsOf, withCopy } from './command-line.ts';

/** Changes a file of a folder. */
function edit(folder: string, name: string, change: (text: string) => string): void {
  const path = join(folder, name);
  const before = readFileSync(path, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`${name} has not changed`);
  writeFileSync(path, after);
}

test('validate finds no problem in our own manifest, also from another folder', () => {
  const ended = run(['validate'], { cwd: tmpdir() });
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect(ended.stdout).toMatch(/No problem in \d+ files\.\n$/);
  expect(run(['validate', join(root, 'manifest.yaml')]).stdout).toBe(ended.stdout);
});

const BROKEN = `type: DeclarativeSource
version: 7.0.0
check: { type: CheckStream, stream_nams: [a] }
streams:
  - $ref: streams/nowhere.yaml
`;

test('validate prints every problem with its place, and exits with 1', () => {
  withFiles({ 'manifest.yaml': BROKEN }, (folder) => {
    const { code, stdout, stderr } = run(['validate', 'manifest.yaml'], { cwd: folder });
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^manifest\.yaml:3:29 error: .*stream_nams[^]*hint: .*stream_names/m);
    expect(stdout).toMatch(/^manifest\.yaml:5:\d+ error: .*nowhere\.yaml/m);
    expect(stdout).toMatch(/\d+ errors in 1 file\.\n$/);
  });
});

test('a manifest with problems does not run, and every problem is told', () => {
  withFiles({ 'manifest.yaml': BROKEN }, (folder) => {
    const ended = run(['spec', '--manifest', join(folder, 'manifest.yaml')]);
    expect([ended.code, ended.stderr]).toEqual([1, '']);
    expect(messagesOf(ended)[0]?.trace?.error?.message).toMatch(/stream_nams[^]*nowhere\.yaml/);
  });
});

test('a manifest that is not there is told so', () => {
  const ended = run(['spec', '--manifest', 'nowhere.yaml']);
  expect(ended.code).toBe(1);
  expect(messagesOf(ended)[0]?.trace?.error?.message).toContain('nowhere.yaml');
});

test('an edit of the manifest takes effect at the next run', () => {
  withCopy((folder) => {
    edit(folder, 'manifest.yaml', (text) => text.replace('title: Metabase\n', 'title: Edited\n'));
    const [spec] = messagesOf(run(['spec'], { package: folder }));
    expect(spec?.spec?.connectionSpecification.title).toBe('Edited');
  });
});

test('an edit of a stream takes effect at the next run', () => {
  withCopy((folder) => {
    edit(folder, 'streams/cards.yaml', (text) => text.replace('name: cards\n', 'name: questions\n'));
    const streams = streamsOf(run(['discover', '--all'], { package: folder }));
    expect(streams).toContain('questions');
    expect(streams).not.toContain('cards');
  });
});

test('an edit of a schema takes effect at the next run', () => {
  withCopy((folder) => {
    edit(folder, 'schemas/cards.json', (text) => text.replace('"properties": {', '"properties": { "edited": {},'));
    const [message] = messagesOf(run(['discover', '--all'], { package: folder }));
    const cards = message?.catalog?.streams.find(({ name }) => name === 'cards');
    expect(cards?.json_schema.properties).toHaveProperty('edited');
  });
});

test('a stream that is added to the manifest is there at the next run', () => {
  withCopy((folder) => {
    const stream = readFileSync(join(folder, 'streams/users.yaml'), 'utf8').replace('name: users', 'name: people');
    writeFileSync(join(folder, 'streams/people.yaml'), stream);
    edit(folder, 'manifest.yaml', (text) =>
      text.replace('streams:\n  - $ref', 'streams:\n  - $ref: streams/people.yaml\n  - $ref'),
    );
    expect(streamsOf(run(['discover', '--all'], { package: folder }))).toContain('people');
  });
});

test('an edit that breaks the manifest is told with its place', () => {
  withCopy((folder) => {
    edit(folder, 'streams/cards.yaml', (text) => text.replace('SimpleRetriever', 'SimpelRetriever'));
    const ended = run(['spec'], { package: folder });
    expect(ended.code).toBe(1);
    expect(messagesOf(ended)[0]?.trace?.error?.message).toMatch(
      /cards\.yaml:\d+:\d+ .*SimpelRetriever.*Did you mean "SimpleRetriever"/,
    );
  });
});

test('what has not been edited comes out of the bundle', () => {
  withCopy((folder) => {
    const bundled = streamsOf(run(['discover', '--all'], { package: folder }));
    for (const part of ['manifest.yaml', 'streams', 'schemas']) rmSync(join(folder, part), { recursive: true });
    expect(streamsOf(run(['discover', '--all'], { package: folder }))).toEqual(bundled);
    expect(bundled).toContain('cards');
  });
});

test('an executable without its bundle says how to build it', () => {
  withCopy((folder) => {
    rmSync(join(folder, 'dist'), { recursive: true });
    const { code, stdout, stderr } = run(['spec'], { package: folder });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('npm run build');
  });
});

const OTHER = `type: DeclarativeSource
version: 7.0.0
check: { type: CheckStream, stream_names: [things] }
streams:
  - type: DeclarativeStream
    name: things
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url: https://example.com }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
    schema_loader: { type: JsonFileSchemaLoader, file_path: ./schemas/things.json }
`;

test.each([
  ['its folder', (folder: string) => folder, 'manifest.yaml'],
  ['another folder', () => tmpdir(), undefined],
])('the schema files of --manifest are found beside it, from %s', (_, cwdOf, path) => {
  const files = { 'manifest.yaml': OTHER, 'schemas/things.json': '{"type":"object","properties":{"mine":{}}}' };
  withFiles(files, (folder) => {
    const manifest = path ?? join(folder, 'manifest.yaml');
    const ended = run(['discover', '--all', '--manifest', manifest], { cwd: cwdOf(folder) });
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    expect(messagesOf(ended)[0]?.catalog?.streams[0]?.json_schema.properties).toHaveProperty('mine');
  });
});

test('a config beside it makes discover answer too, by a relative path', () => {
  withFiles({ 'manifest.yaml': OTHER, 'schemas/things.json': '{}', 'config.json': '{}' }, (folder) => {
    mkdirSync(join(folder, 'below'));
    const ended = run(['discover', '--manifest', '../manifest.yaml', '--config', '../config.json'], {
      cwd: join(folder, 'below'),
    });
    expect(streamsOf(ended)).toEqual(['things']);
  });
});

const things = { 'manifest.yaml': OTHER, 'schemas/things.json': '{"type":"object"}', 'below/notes.txt': '' };

test('verbs for authors take the nearest manifest.yaml, in the folder or above, and say so', () => {
  withFiles(things, (folder) => {
    const below = run(['docs'], { cwd: join(folder, 'below') });
    expect(below.stdout).toContain('## things');
    expect(below.stderr).toBe(`The manifest is ${folder}/manifest.yaml; --manifest names another one.\n`);
    const inside = run(['explain', 'things.name'], { cwd: folder });
    expect(inside.code).toBe(0);
    expect(inside.stderr).toBe('The manifest is manifest.yaml; --manifest names another one.\n');
  });
});

test('that of --manifest comes first, without a word', () => {
  withFiles({ ...things, 'other.yaml': OTHER.replaceAll(/things(?!\.json)/g, 'others') }, (folder) => {
    const ended = run(['docs', '--manifest', 'other.yaml'], { cwd: folder });
    expect(ended.stdout).toContain('## others');
    expect(ended.stderr).toBe('');
  });
});

test('verbs that run the connector do so from every folder', () => {
  withFiles(things, (folder) => {
    const ended = run(['discover', '--all'], { cwd: folder });
    expect(streamsOf(ended)).toContain('cards');
    expect(ended.stderr).toBe('');
  });
});

test('Tab offers the streams of the manifest that the verb will take', () => {
  withFiles(things, (folder) => {
    const { stdout } = run(['completion', 'fish', '--', 'try', ''], { cwd: folder });
    expect(stdout).toBe('things\tstream\n');
  });
});
