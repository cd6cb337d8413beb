// What every component says about itself.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FieldSchema } from '../../engine/field-schema.ts';
import { components } from '../../engine/generated/registry.ts';
import { build, reply } from '../support/component.ts';

const folder = join(import.meta.dirname, '../../engine/components');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.includes('/') && file.endsWith('.ts'),
);
const kebab = (type: string): string => type.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, '-').toLowerCase();

test('the file of every component is the kebab-case of its type, in the folder of its kind', () => {
  const named = components.map(({ kind, type }) => `${kind}/${kebab(type)}.ts`);
  expect(files).toEqual(expect.arrayContaining(named));
});

test('every file in a folder of a kind is that of a component, or a helper that exports none', async () => {
  for (const file of files) {
    const module = (await import(join(folder, file))) as { default?: unknown };
    if (module.default !== undefined) expect(components, file).toContain(module.default);
  }
});

const examples = components.flatMap(({ kind, type, examples: yamls }) =>
  yamls.map((yaml) => ({ kind, type, yaml: `type: ${type}\n${yaml}` })),
);

test.each(examples)('the example of $type is valid and builds: $yaml', ({ kind, yaml }) => {
  const config = {
    auth_type: 'none',
    api_key: 'k',
    username: 'u',
    password: 'p',
    access_token: 't',
    token: 't',
    host: 'h',
  };
  const send = () => Promise.resolve({ ...reply(200), again: () => Promise.reject(new Error('not expected')) });
  expect(build(kind, yaml, { config, send }).component).toBeDefined();
});

/** Every field of a component with its path, also those of groups and lists. */
function fieldsOf(fields: Readonly<Record<string, FieldSchema>>, path: string): [string, FieldSchema][] {
  return Object.entries(fields).flatMap(([name, field]) => [
    [`${path}.${name}`, field],
    ...fieldsOf(
      { ...field.properties, ...(field.items?.description === undefined ? {} : { items: field.items }) },
      `${path}.${name}`,
    ),
  ]);
}

test.each(components.map(({ type, summary, fields }) => ({ type, summary, fields })))(
  '$type and each of its fields are described by a sentence',
  ({ type, summary, fields }) => {
    const sentence = /^[A-Z"'].*\.$/s;
    expect(summary).toMatch(sentence);
    for (const [path, { description }] of fieldsOf(fields, type)) {
      expect(description, path).toMatch(sentence);
    }
  },
);

/** A field that may be left out says what is then: it has a default, or its description tells. */
const tellsAbsence = ({ default: value, description = '' }: FieldSchema): boolean =>
  value !== undefined || /left out|anyway/i.test(description);

test.each(components.map(({ type, fields }) => ({ type, fields })))(
  'of each optional field of $type one learns what is without it',
  ({ type, fields }) => {
    const silent = fieldsOf(fields, type).filter(([, field]) => '~optional' in field && !tellsAbsence(field));
    expect(silent.map(([path]) => path)).toEqual([]);
  },
);

/** Values whose form the type alone tells: those of an enum, true and false, components, and the parts of a path. */
const isPlain = (path: string, field: FieldSchema): boolean =>
  field.enum !== undefined ||
  field.type === 'boolean' ||
  field['x-slot'] !== undefined ||
  field.properties !== undefined ||
  path.endsWith('.items');

test.each(components.map(({ type, fields }) => ({ type, fields })))(
  'every field of $type whose form its type does not tell has an example',
  ({ type, fields }) => {
    const bare = fieldsOf(fields, type).filter(([path, field]) => !isPlain(path, field) && !field.examples?.length);
    expect(bare.map(([path]) => path)).toEqual([]);
  },
);

test('every component has an example, and every value of an enum its meaning', () => {
  expect(components.filter((component) => component.examples.length === 0)).toEqual([]);
  for (const { type, fields } of components) {
    for (const [path, field] of fieldsOf(fields, type)) {
      expect(field.enumDescriptions?.length, path).toBe(field.enum?.length);
      for (const meaning of field.enumDescriptions ?? []) expect(meaning, path).toMatch(/^[A-Z"].*\.$/);
    }
  }
});

test('no two components have the same type', () => {
  const types = components.map(({ type }) => type);
  expect(types).toEqual([...new Set(types)]);
});
