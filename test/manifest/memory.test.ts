// What is remembered from run to run: nothing that `validate` says depends on it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openMemory } from '../../bin/cli/memory.ts';
import { ownManifest } from '../../bin/cli/package-folder.ts';
import { checkManifest } from '../../engine/manifest/check-manifest.ts';
import { pointerTo } from '../../engine/manifest/origins.ts';
import { outlined } from '../../engine/outline.ts';
import { templateProblems } from '../../engine/text/template-problems.ts';
import { language } from '../support/component.ts';
import { withFiles } from '../support/files.ts';

/** Two runs, and what the second one found that the first had not kept. */
function checkTwice(path: string) {
  return withFiles({}, (folder) => {
    const first = openMemory(folder);
    const before = checkManifest(path, language, first);
    first.save();
    const second = openMemory(folder);
    const keep = vi.spyOn(second, 'keep');
    return { before, after: checkManifest(path, language, second), found: keep.mock.calls.map(([kind]) => kind) };
  });
}

const broken = join(import.meta.dirname, 'broken');

test.each(readdirSync(broken))('the broken manifest "%s" has the same problems when it is remembered', (name) => {
  const path = join(broken, name, 'manifest.yaml');
  const { before, after } = checkTwice(path);
  expect(before.diagnostics).toEqual(checkManifest(path, language).diagnostics);
  expect(after.diagnostics).toEqual(before.diagnostics);
});

test.each(readdirSync(broken))('the broken manifest "%s" has the same problems in the light language', (name) => {
  const path = join(broken, name, 'manifest.yaml');
  const light = checkManifest(path, { ...outlined, templateProblems });
  expect(light.diagnostics).toEqual(checkManifest(path, language).diagnostics);
});

test('a manifest that is remembered is not parsed again, and has the same tree and the same origin of each value', () => {
  const { before, after, found } = checkTwice(ownManifest);
  expect(found).toEqual([]);
  expect(after.tree).toEqual(before.tree);
  const wrong: string[] = [];
  const visit = (value: unknown, pointer: string): void => {
    const [origin, other] = [after.origins.get(pointer), before.origins.get(pointer)];
    if (origin?.value.offset !== other?.value.offset || origin?.key?.offset !== other?.key?.offset) wrong.push(pointer);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, item] of Object.entries(value)) visit(item, pointerTo(pointer, key));
  };
  visit(before.tree, '');
  expect(wrong).toEqual([]);
});

test('a memory keeps what the last run used, besides what was built', () => {
  const built = JSON.stringify([['template', 'built', true]]);
  withFiles({ 'memory-built.json': built }, (folder) => {
    const first = openMemory(folder);
    expect([first.known('template', 'built'), first.known('template', 'new')]).toEqual([true, undefined]);
    first.keep('template', 'new', true);
    first.keep('template', 'newer', true);
    first.keep('document', 'no result', undefined);
    first.save();
    const second = openMemory(folder);
    expect([second.known('template', 'built'), second.known('template', 'new')]).toEqual([true, true]);
    second.known('template', 'new');
    second.keep('schema', 'newest', true);
    second.save();
    const kept = JSON.parse(readFileSync(join(folder, 'memory-last.json'), 'utf8')) as unknown;
    expect(kept).toEqual([
      ['template', 'new', true],
      ['schema', 'newest', true],
    ]);
  });
});

test('a memory that cannot be read is an empty one, and one that cannot be saved is lost without a word', () => {
  withFiles({ 'memory-last.json': '[["template", "half a', file: '' }, (folder) => {
    const memory = openMemory(folder);
    expect(memory.known('template', 'half a')).toBeUndefined();
    const nowhere = openMemory(join(folder, 'file'));
    nowhere.keep('template', 'x', true);
    nowhere.save();
    expect(readdirSync(folder).sort()).toEqual(['file', 'memory-last.json']);
    writeFileSync(join(folder, 'memory-built.json'), '[["nothing of ours", "x", true]]');
    expect(openMemory(folder).known('template', 'x')).toBeUndefined();
  });
});
