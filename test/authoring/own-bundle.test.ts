// The connector's own manifest, bundled: what Airbyte's engine is given says the same as our files, but for the extensions.
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { bundle } from '../../engine/authoring/bundle/bundle.ts';
import { extensionsIn } from '../../engine/authoring/bundle/extensions.ts';
import { language } from '../../engine/language.ts';
import { readManifest } from '../../engine/manifest/read-manifest.ts';
import { isJsonObject } from '../../engine/text/json.ts';
import { withFiles } from '../support/files.ts';
import { readFiles } from '../support/manifest.ts';
import { ownManifest } from '../../bin/cli/package-folder.ts';

const { tree } = readManifest(ownManifest, language);
const portable = bundle(ownManifest, language).text ?? '';
const whole = bundle(ownManifest, language, { keepExtensions: true }).text ?? '';

/** A resolved manifest without what only references look at. */
const meaning = (resolved: unknown): unknown =>
  isJsonObject(resolved) ? { ...resolved, definitions: undefined } : resolved;

test('with its extensions the bundle is the manifest, so it reads the same records here', () => {
  const bundled = readFiles({ 'manifest.yaml': whole });
  expect(bundled.problems).toEqual([]);
  expect(meaning(bundled.tree)).toEqual(meaning(tree));
});

test('without them it is right too, refers to no file and has no extension', () => {
  const bundled = readFiles({ 'manifest.yaml': portable });
  expect(bundled.problems).toEqual([]);
  expect(bundled.files).toHaveLength(1);
  expect(portable.match(/\$ref: (?!'#\/).*/g)).toBeNull();
  expect(extensionsIn(bundled.tree, '', language)).toEqual([]);
});

test('YAML 1.1, which Airbyte reads, and YAML 1.2 read the same in it', () => {
  expect(parse(portable, { version: '1.1' })).toEqual(parse(portable));
});

test.each([
  ['without extensions', portable, false],
  ['with extensions', whole, true],
])('a bundle %s is bundled into itself', (_name, text, keepExtensions) => {
  withFiles({ 'manifest.yaml': text }, (folder) => {
    expect(bundle(`${folder}/manifest.yaml`, language, { keepExtensions }).text).toBe(text);
  });
});
