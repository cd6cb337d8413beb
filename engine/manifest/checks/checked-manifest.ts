// What checks look at, made once of a manifest that has been read: its components, its streams with their schemas, its spec.
import { dirname, resolve } from 'node:path';
import { isJsonObject, type JsonObject } from '../../text/json.ts';
import type { Language } from '../language.ts';
import type { Loader } from '../load.ts';
import type { Memory } from '../memory.ts';
import { type Origins, placeOf, pointerTo } from '../origins.ts';
import type { ReadManifest } from '../read-manifest.ts';
import { originsIn } from '../resolve.ts';
import { heldBy } from '../walk.ts';
import type { CheckedManifest, FoundComponent, FoundSchema, FoundStream, PlaceOf } from './check.ts';

const placesIn =
  (origins: Origins, root = ''): PlaceOf =>
  (pointer, of = 'value') =>
    placeOf(origins, root + pointer, of);

/** Every component of a tree that the language knows, holders first. */
function componentsIn(tree: unknown, { components }: Language): FoundComponent[] {
  const found: FoundComponent[] = [];
  const seen = new Set<unknown>();
  const visit = (node: unknown, pointer: string): void => {
    if (!isJsonObject(node) || seen.has(node)) return;
    seen.add(node);
    const description = components.get(String(node['type']));
    if (!description) return;
    found.push({ description, node, pointer });
    for (const [key, schema] of Object.entries(description.fields)) {
      if (!(key in node)) continue;
      for (const held of heldBy(node, key, schema, pointerTo(pointer, key))) visit(held.node, held.pointer);
    }
  };
  visit(tree, '');
  return found;
}

/** The field of a component that is the path of a file. */
function fileField(node: JsonObject, { components }: Language): string | undefined {
  const fields = Object.entries(components.get(String(node['type']))?.fields ?? {});
  return fields.find(([, schema]) => schema['x-template']?.isFile)?.[0];
}

const isTemplate = (value: unknown): boolean => typeof value === 'string' && value.includes('{{');

interface Reading {
  readonly manifest: ReadManifest;
  readonly language: Language;
  readonly loader: Loader;
  readonly folder: string;
}

const inline = (schema: JsonObject, placeOf: PlaceOf): FoundSchema => ({
  schema,
  placeOf,
  text: JSON.stringify(schema),
});

/** The schemas of a stream that are known without a request. */
function schemasOf(
  stream: JsonObject,
  pointer: string,
  { manifest, language, loader, folder }: Reading,
): FoundSchema[] {
  const given = stream['schema_loader'];
  return [given ?? []].flat().flatMap((node: unknown, index): FoundSchema[] => {
    if (!isJsonObject(node)) return [];
    const at = `${pointer}/schema_loader${Array.isArray(given) ? `/${index}` : ''}`;
    if (isJsonObject(node['schema'])) return [inline(node['schema'], placesIn(manifest.origins, `${at}/schema`))];
    const field = fileField(node, language);
    const path = field === undefined ? undefined : (node[field] ?? `schemas/${String(stream['name'])}.json`);
    if (typeof path !== 'string' || isTemplate(path)) return [];
    const file = loader.load(resolve(folder, path));
    return isJsonObject(file?.plain)
      ? [{ schema: file.plain, text: file.text, placeOf: placesIn(originsIn(file)) }]
      : [];
  });
}

/** Loads the files of schemas too, which a run reads only when it needs them. */
export function checkedManifest(
  manifest: ReadManifest,
  tree: JsonObject,
  language: Language,
  loader: Loader,
  memory?: Memory,
): CheckedManifest {
  const { origins } = manifest;
  const [root] = manifest.files;
  const reading = { manifest, language, loader, folder: dirname(root ?? '') };
  const components = componentsIn(tree, language);
  const streams = (Array.isArray(tree['streams']) ? (tree['streams'] as unknown[]) : []).flatMap(
    (node, index): FoundStream[] => {
      if (!isJsonObject(node)) return [];
      const pointer = `/streams/${index}`;
      return [{ name: String(node['name']), node, pointer, schemas: schemasOf(node, pointer, reading) }];
    },
  );
  const spec = isJsonObject(tree['spec']) ? tree['spec']['connection_specification'] : undefined;
  return {
    tree,
    language,
    components,
    streams,
    spec: isJsonObject(spec) ? inline(spec, placesIn(origins, '/spec/connection_specification')) : undefined,
    memory,
    placeOf: placesIn(origins),
    sources: loader.files,
    hasFileTemplates: components.some(({ node }) => isTemplate(node[fileField(node, language) ?? ''])),
  };
}
