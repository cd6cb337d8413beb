// The page of the dependencies is that of package.json, of what is installed, and of what is held back.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import packageJson from '../../package.json' with { type: 'json' };
import { licences, packagesOf } from '../../scripts/licences.ts';

interface Dependabot {
  updates: { 'package-ecosystem': string; ignore?: { 'dependency-name': string; versions: string[] }[] }[];
}

const root = resolve(import.meta.dirname, '../..');
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const { optionalDependencies, devDependencies } = packageJson;
const page = textOf('docs/dependencies.md');
const rowsIn = (text: string) =>
  [...text.matchAll(/^\| `(.+?)` +\| (.+) \|$/gm)].map(([, name = '', rest = '']) => {
    const [reason = '', licence = '', released = '', held = ''] = rest.split('|').map((cell) => cell.trim());
    return { name, reason, licence, released, held };
  });
const rows = rowsIn(page);
const inProgram = rowsIn(page.split('\n## ')[1] ?? '').map(({ name }) => name);

test('every dependency has its reason, and the date of its last release', () => {
  const names = [optionalDependencies, devDependencies].flatMap(Object.keys);
  expect(rows.map(({ name }) => name).sort()).toEqual(names.sort());
  expect(rows.filter(({ reason, released }) => reason === '' || !/^\d{4}-\d\d-\d\d$/.test(released))).toEqual([]);
});

test('every licence is the one of the installed package', () => {
  // The optional one may not be installed.
  const installed = rows.filter(({ name }) => !Object.hasOwn(optionalDependencies, name));
  const licenceOf = (name: string) =>
    (JSON.parse(textOf(`node_modules/${name}/package.json`)) as { license: string }).license;
  expect(installed.map(({ name }) => [name, licenceOf(name)])).toEqual(
    installed.map(({ name, licence }) => [name, licence]),
  );
});

test('every version is exact', () => {
  const versions = [optionalDependencies, devDependencies].flatMap((group) => Object.values(group));
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

test('Dependabot holds back what the page says is held, and nothing else', () => {
  const { updates } = parse(textOf('.github/dependabot.yml')) as Dependabot;
  const ignored = updates.find((update) => update['package-ecosystem'] === 'npm')?.ignore ?? [];
  const held = rows.filter((row) => row.held !== '').map((row) => [row.name, `>=${row.held.split(':')[0] ?? ''}`]);
  expect(ignored.map((one) => [one['dependency-name'], one.versions[0] ?? '']).sort()).toEqual(held.sort());
});

test('the packages of a bundle are found by the paths of its files, nested ones too', () => {
  const files = ['bin/cli.ts', 'node_modules/a/x.js', 'node_modules/a/y.js', 'node_modules/a/node_modules/@b/c/z.js'];
  expect(packagesOf(files)).toEqual(['node_modules/a', 'node_modules/a/node_modules/@b/c']);
});

test('the licence of a package in the bundle goes with it, and one without a licence stops the build', () => {
  expect(licences(root, ['node_modules/nunjucks/index.js'])).toMatch(
    /^nunjucks 3[^]*Redistribution and use in source/m,
  );
  expect(() => licences(root, ['test/metabase/recordings/node_modules/x/y.js'])).toThrow();
});

test('what is built holds the packages that stand under "In the program", and what these need', () => {
  const bundled = [...textOf('dist/LICENSES.txt').matchAll(/^(\S+) \d+\.\d+\.\d+\S* \(/gm)].map(
    ([, name = '']) => name,
  );
  expect(bundled.filter((name) => Object.hasOwn(devDependencies, name))).toEqual(inProgram);
});

test('an installation needs no other package', () => {
  expect(packageJson).not.toHaveProperty('dependencies');
});
