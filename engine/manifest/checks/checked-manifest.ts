// What checks look at, made once of a manifest that has been read: its components, its streams with their schemas, its spec.
import { dirname, resolve } from 'node:path';
import { isJsonObject, type JsonObject } from '../../text/json.ts';
import type { ComponentDescription, Language } from '../language.ts';
import type { Loader } from '../load.ts';
import type { Memory } from '../memory.ts';
import { type Origins, placeOf } from '../origins.ts';
import type { ReadManifest } from '../read-manifest.ts';
import { originsIn } from '../resolve.ts';
import type { CheckedManifest, FoundSchema, FoundStream, PlaceOf } from './check.ts';

const placesIn =
  (origins: Origins, root = ''): PlaceOf =>
  (pointer, of = 'value') =>
    placeOf(origins, root + pointer, of);

/** The field of components that is the path of a file. */
function fileField(description: ComponentDescription | undefined): string | undefined {
  const fields = Object.entries(description?.fields ?? {});
  return fields.find(([, schema]) => schema['x-template']?.isFile)?.[0];
}

const isTemplate = (value: unknown): boolean => typeof value === 'string' && value.includes('{{');

interface Reading {
  readonly manifest: ReadManifest;
  readonly language: Language;
  readonly loader: Loader;
  readonly folder: string;
  /** Texts of JSON files, by their values. */
  readonly texts: ReadonlyMap<unknown, string>;
}

const inline = (schema: JsonObject, placeOf: PlaceOf, { texts }: Pick<Reading, 'texts'>): FoundSchema => ({
  schema,
  placeOf,
  text: texts.get(schema) ?? JSON.stringify(schema),
});

/** The schemas of a stream that are known without a request. */
function schemasOf(stream: JsonObject, pointer: string, reading: Reading): FoundSchema[] {
  const { manifest, language, loader, folder } = reading;
  const given = stream['schema_loader'];
  return [given ?? []].flat().flatMap((node: unknown, index): FoundSchema[] => {
    if (!isJsonObject(node)) return [];
    const at = `${pointer}/schema_loader${Array.isArray(given) ? `/${index}` : ''}`;
    if (isJsonObject(node['schema']))
      return [inline(node['schema'], placesIn(manifest.origins, `${at}/schema`), reading)];
    const field = fileField(language.components.get(String(node['type'])));
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
  const { origins, components } = manifest;
  const [root] = manifest.files;
  const texts = new Map(manifest.sources.map(({ plain, text }) => [plain, text]));
  const reading = { manifest, language, loader, folder: dirname(root ?? ''), texts };
  const descriptions = new Set(components.map(({ description }) => description));
  const fileFields = new Map([...descriptions].map((one) => [one.type, fileField(one)]));
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
    spec: isJsonObject(spec) ? inline(spec, placesIn(origins, '/spec/connection_specification'), reading) : undefined,
    memory,
    placeOf: placesIn(origins),
    sources: loader.files,
    hasFileTemplates: components.some(({ node }) => isTemplate(node[fileFields.get(String(node['type'])) ?? ''])),
  };
}
