// Keeps the documents true: what they name exists, their tables are those of the manifest, their examples are right.
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { read } from '../../bin/cli/manifest.ts';
import type { Component } from '../../engine/components/component.ts';
import type { Scope } from '../../engine/components/scope.ts';
import { startMetabase } from '../metabase/serve.ts';
import { walk } from './walk.ts';
import packageJson from '../../package.json' with { type: 'json' };

interface StreamNode {
  name: string;
}

interface ManifestNode {
  streams: StreamNode[];
  spec: { connection_specification: { required: string[]; properties: Record<string, { airbyte_secret?: boolean }> } };
}

const root = resolve(import.meta.dirname, '../..');
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const readme = textOf('README.md');
const contributing = textOf('CONTRIBUTING.md');
const manifest = read(join(root, 'manifest.yaml')).tree as ManifestNode;

const decisions = readdirSync(join(root, 'docs/decisions')).map((name) => `docs/decisions/${name}`);
const guides = readdirSync(join(root, 'docs')).map((name) => `docs/${name}`);
const reference = readdirSync(join(root, 'docs/reference')).map((name) => `docs/reference/${name}`);
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  '.github/SECURITY.md',
  ...guides,
  ...decisions,
  ...reference,
].filter((name) => name.endsWith('.md'));

/** The text below a heading, up to the next one of its level. */
function section(text: string, heading: string): string {
  const [, after] = text.split(`\n## ${heading}\n`);
  if (after === undefined) throw new Error(`There is no heading "${heading}".`);
  return after.split('\n## ')[0] ?? '';
}

/** The cells of a table's rows, without its head. */
function rowsOf(text: string): string[][] {
  const lines = text.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}

const code = (text: string | undefined): string => text?.replaceAll('`', '') ?? '';

/** The anchor that a heading gets. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .trim()
    .replaceAll(/\s+/g, '-');

function anchorsOf(path: string): string[] {
  return [...readFileSync(path, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
}

/** The files that a recipe gives in full, by their paths. */
function filesIn(recipe: string): Map<string, string> {
  const blocks = recipe.matchAll(/^( *)```\w+ file=(\S+)\n([^]*?)^ *```$/gm);
  return new Map([...blocks].map(([, indent = '', path = '', text = '']) => [path, dedent(text, indent)]));
}

const dedent = (text: string, indent: string): string => text.replaceAll(new RegExp(`^${indent}`, 'gm'), '');

const folder = mkdtempSync(join(tmpdir(), 'recipe-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('every path of the map exists, and the map leaves out no folder of the engine', () => {
  const paths = rowsOf(section(contributing, 'Map')).map(([path]) => code(path));
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  const entries = readdirSync(join(root, 'engine'), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => `engine/${name}/`);
  expect(folders.filter((path) => !paths.includes(path))).toEqual([]);
});

test('the table of scripts is that of package.json', () => {
  const names = rowsOf(section(contributing, 'Scripts')).map(([script]) => code(script).replace(/^npm (run )?/, ''));
  expect(names.sort()).toEqual(
    Object.keys(packageJson.scripts)
      .filter((name) => name !== 'prepare')
      .sort(),
  );
});

test('the table of the config is that of the spec', () => {
  const { properties, required } = manifest.spec.connection_specification;
  const rows = rowsOf(section(readme, 'Config')).map(([name, isRequired, text = '']) => ({
    name: code(name),
    isRequired: isRequired === 'yes',
    isSecret: text.startsWith('Secret.'),
  }));
  expect(rows).toEqual(
    Object.entries(properties).map(([name, { airbyte_secret: isSecret = false }]) => ({
      name,
      isRequired: required.includes(name),
      isSecret,
    })),
  );
});

test('the list of decisions is whole', () => {
  const linked = [...textOf('docs/decisions/README.md').matchAll(/\]\((.+?\.md)\)/g)].map(([, name = '']) => name);
  const others = decisions.map((path) => path.slice('docs/decisions/'.length)).filter((name) => name !== 'README.md');
  expect(linked.sort()).toEqual(others.sort());
});

test.each(pages)('every link of %s leads somewhere', (page) => {
  const prose = textOf(page).replaceAll(/^ *```[^]*?^ *```$/gm, '');
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  const broken = links
    .filter((link) => !link.startsWith('https://'))
    .filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? join(root, page) : join(root, dirname(page), path);
      return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
    });
  expect(broken).toEqual([]);
});

test('the recipe for a stream gives one that is right, with the commands it names', { timeout: 200_000 }, async () => {
  const recipe = section(contributing, 'Add a stream');
  for (const name of ['bin', 'dist', 'package.json', 'manifest.yaml', 'streams', 'schemas']) {
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  const metabase = await startMetabase();
  const here = (text: string): string => text.replaceAll('http://127.0.0.1:3777', metabase.url);
  await walk(recipe, { folder, bin: join(folder, 'bin'), here });
  await metabase.close();
  expect((read(join(folder, 'manifest.yaml')).tree as ManifestNode).streams.at(-1)?.name).toBe('bookmarks');
});

test('the recipe for a component gives one that works', async () => {
  const files = filesIn(section(contributing, 'Add a component'));
  const [source, path] = ['engine/components/transformation/keys-to-lower.ts', join(folder, 'keys-to-lower.ts')];
  expect([...files.keys()]).toEqual([source, 'test/components/keys-to-lower.test.ts']);
  const shape = join(root, 'engine/components/component.ts');
  writeFileSync(path, files.get(source)?.replace('../component.ts', shape) ?? '');
  const { default: recipe } = (await import(path)) as { default: Component<'transformation', Record<string, never>> };
  const record = { Id: 1, Owner: { Name: 'Ada' } };
  recipe.build({}, {} as Scope).transform(record, {});
  expect(record).toEqual({ id: 1, owner: { Name: 'Ada' } });
});
