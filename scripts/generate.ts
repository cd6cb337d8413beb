// Writes engine/generated/ from the components: the registry, the JSON Schemas of the language and of stream tests, the
// precompiled validators.
// Then the reference of the language, and from the manifest what the documents say of its streams.
// With --check nothing is written: it fails when a file is not what it would write.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import standaloneModule from 'ajv/dist/standalone/index.js';
import prettier from 'prettier';
import type { Component } from '../engine/components/component.ts';
import type { FieldSchema } from '../engine/field-schema.ts';
import { testFile } from '../engine/testing/test-file.ts';
import { compileWasm } from './compile-wasm.ts';
import { componentSchema, manifestSchema } from './manifest-schema.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'engine', 'components');
const note = 'Written by `npm run generate`; do not edit.';

const isCheck = process.argv.includes('--check');
/** Writes a file, by its path from the root, or says that what is there is something else. */
function put(name: string, text: string): void {
  const path = join(root, name);
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  if (!isCheck) {
    mkdirSync(dirname(path), { recursive: true });
    return writeFileSync(path, text);
  }
  console.error(`${name} is stale: run "npm run generate" and commit what it writes.`);
  process.exitCode = 1;
}

/** Removes a file that nothing writes any more, or says that it is there. */
function remove(name: string): void {
  if (!isCheck) return rmSync(join(root, name));
  console.error(`${name} belongs to nothing: run "npm run generate" and commit that it is gone.`);
  process.exitCode = 1;
}

// First of all: the components import it.
const walker = await compileWasm(join(root, 'engine', 'text', 'wasm', 'json-walk.ts'));
put(
  'engine/generated/json-walk.ts',
  `// WebAssembly in base64. ${note}\nexport const jsonWalk = '${walker.toString('base64')}';\n`,
);

/** Files of components: those in the folder of a kind that export one as their default. */
const files = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => readdirSync(join(folder, name)).map((file) => `${name}/${file}`))
  .filter((file) => readFileSync(join(folder, file), 'utf8').includes('export default component('))
  .sort();

const components = await Promise.all(
  files.map(async (file) => ((await import(join(folder, file))) as { default: Component }).default),
);

function registry(): string {
  const imports = files.map((file, index) => `import ${components[index]?.type ?? ''} from '../components/${file}';`);
  return `// The components by name. ${note}
import type { Component } from '../components/component.ts';
${imports.join('\n')}

export const components: readonly Component[] = [${components.map(({ type }) => type).join(', ')}];
`;
}

function validators(): string {
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false, code: { source: true, esm: true } });
  // Descriptions are for people; the validators work without.
  const plain = (key: string, value: unknown): unknown =>
    (key === 'description' && typeof value === 'string') || ['examples', 'enumDescriptions'].includes(key)
      ? undefined
      : value;
  for (const component of components) {
    const schema = JSON.parse(JSON.stringify(componentSchema(component), plain)) as object;
    ajv.addSchema(schema, component.type);
  }
  // The schemas of streams are checked too: by the schema of schemas, which ajv knows.
  const names = {
    ...Object.fromEntries(components.map(({ type }) => [type, type])),
    JsonSchema: 'http://json-schema.org/draft-07/schema#',
  };
  // ajv writes require for what its validators share, also into ES modules.
  const shared = /const (\w+) = require\("([^"]+)"\)\.default/g;
  const code = standaloneModule
    .default(ajv, names)
    .replaceAll(shared, 'import $1Module from "$2.js";const $1 = $1Module.default ?? $1Module');
  return `// ${note}\n${code}\n`;
}

/** What a manifest is read with of a field's schema: not what is told to people, and not what the validators know. */
function shapeOf({ properties, items, ...field }: FieldSchema): object {
  return {
    'x-slot': field['x-slot'],
    'x-template': field['x-template'],
    'x-stream-names': field['x-stream-names'],
    properties: properties && shapesOf(properties),
    items: items && shapeOf(items),
  };
}

const shapesOf = (fields: Readonly<Record<string, unknown>>): Record<string, object> =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, shapeOf(field as FieldSchema)]));

/** The components without their code. */
function outline(): string {
  const outlines = components.map(({ kind, type, summary, notYet, fields }) => {
    return { kind, type, summary, notYet, fields: shapesOf(fields) };
  });
  return `${JSON.stringify(outlines, null, 2)}\n`;
}

const declarations = `// ${note}
import type { Validator } from '../manifest/language.ts';
${[...components.map(({ type }) => type), 'JsonSchema'].map((name) => `export declare const ${name}: Validator;`).join('\n')}
`;

const outputs: Record<string, string> = {
  'registry.ts': await prettier.format(registry(), { parser: 'typescript', singleQuote: true, printWidth: 120 }),
  'manifest.schema.json': `${JSON.stringify(manifestSchema(components), null, 2)}\n`,
  'stream-tests.schema.json': `${JSON.stringify(testFile, null, 2)}\n`,
  'outline.json': outline(),
  'validators.js': validators(),
  'validators.d.ts': declarations,
};

for (const [name, text] of Object.entries(outputs)) put(`engine/generated/${name}`, text);

const { referencePages } = await import('./generate/reference.ts');
const { interpolationPage } = await import('./generate/interpolation.ts');
const pages = { ...referencePages(components), 'docs/reference/interpolation.md': interpolationPage(components) };
for (const [name, text] of Object.entries(pages)) put(name, `${text}\n`);
for (const name of readdirSync(join(root, 'docs', 'reference'))) {
  if (!Object.hasOwn(pages, `docs/reference/${name}`)) remove(`docs/reference/${name}`);
}

// Loaded only here: reading the manifest needs what has just been written.
const { streamDocuments } = await import('./generate/stream-docs.ts');
for (const [name, text] of Object.entries(await streamDocuments())) put(name, text);
const { problemDocuments } = await import('./generate/problem-docs.ts');
for (const [name, text] of Object.entries(await problemDocuments())) put(name, text);
const { portabilityPage } = await import('./generate/portability.ts');
put('docs/portability.md', await portabilityPage());
