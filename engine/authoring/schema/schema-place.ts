// Where the schema of a stream is declared: in a JSON file of its own, or in the manifest.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { ReadManifest } from '../../manifest/read-manifest.ts';
import { pointerTo } from '../../manifest/origins.ts';
import { isJsonObject, type JsonObject, parseJson } from '../../text/json.ts';
import { compileTemplate } from '../../text/template.ts';

export interface DeclaredAt {
  /** The file that is all of it; undefined when it stands in the manifest, or there is none. */
  readonly file: string | undefined;
  /** For people: the file, or the place in the manifest. */
  readonly shown: string;
  readonly language: 'json' | 'yaml';
}

/** A path for people: from where they are, unless it is far from there. */
export function shownPath(path: string): string {
  const from = relative('', path);
  return from.startsWith('..') ? path : from;
}

const jsonFile = (file: string): DeclaredAt => ({ file, shown: shownPath(file), language: 'json' });

function holds(file: string, schema: unknown): boolean {
  try {
    return isDeepStrictEqual(parseJson(readFileSync(file, 'utf8')), schema);
  } catch {
    return false;
  }
}

/** `path` is that of the manifest. Where nothing is declared, it is the file that would be looked for. */
export function schemaPlace(
  { tree, origins }: Pick<ReadManifest, 'tree' | 'origins'>,
  path: string,
  name: string,
): DeclaredAt {
  const folder = dirname(path);
  const usual = resolve(folder, 'schemas', `${name}.json`);
  const streams = (tree as { streams?: JsonObject[] }).streams ?? [];
  const index = streams.findIndex((stream) => stream['name'] === name);
  const loader = streams[index]?.['schema_loader'];
  if (!isJsonObject(loader)) return jsonFile(usual);
  if (loader['type'] === 'JsonFileSchemaLoader') {
    const { file_path: filePath, $parameters: parameters = {} } = loader;
    if (filePath === undefined) return jsonFile(usual);
    return jsonFile(resolve(folder, compileTemplate(filePath, { constants: { config: {}, parameters } }).text()));
  }
  const pointer = ['streams', index, 'schema_loader', 'schema'].reduce<string>(pointerTo, '');
  const spot = origins.get(pointer)?.value;
  if (!spot) return { file: undefined, shown: `the schema of ${name}`, language: 'json' };
  const { file } = spot;
  if (existsSync(file.path) && holds(file.path, loader['schema'])) return jsonFile(file.path);
  const { line } = file.place(spot.offset);
  return { file: undefined, shown: `${file.name}:${line}`, language: file.name.endsWith('.json') ? 'json' : 'yaml' };
}
