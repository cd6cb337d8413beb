// A manifest and the files it refers to as one file, which the reference engine and its Builder take.
import type { Document } from 'yaml';
import { type Diagnostic, sortDiagnostics } from '../../manifest/diagnostic.ts';
import type { Language } from '../../manifest/language.ts';
import { placeOf, pointerTo } from '../../manifest/origins.ts';
import { type ReadManifest, readManifest } from '../../manifest/read-manifest.ts';
import { isJsonObject, type JsonObject } from '../../text/json.ts';
import { type ExtensionField, extensionsIn, withoutExtensions } from './extensions.ts';
import { inlineFiles } from './inline.ts';

export interface BundleOptions {
  /** Leaves in what the reference engine does not know. */
  keepExtensions?: boolean;
}

export interface Bundle {
  /** Undefined when the manifest has errors. */
  readonly text: string | undefined;
  /** The problems of the manifest; if there is no error, a warning for each extension that a stream's records depend on. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A stream of the manifest, or a template of streams. */
interface NamedStream {
  readonly name: string;
  readonly node: JsonObject;
  readonly pointer: string;
}

/** The streams of a resolved manifest, those that are made of a template by the template's name. */
export function streamsOf(tree: unknown): NamedStream[] {
  const manifest = isJsonObject(tree) ? tree : {};
  return ['streams', 'dynamic_streams'].flatMap((field) => {
    const nodes = Array.isArray(manifest[field]) ? (manifest[field] as unknown[]) : [];
    return nodes.flatMap((node, index) => {
      if (!isJsonObject(node)) return [];
      const template = isJsonObject(node['stream_template']) ? node['stream_template'] : {};
      const name = [node['name'], template['name']].find((known) => typeof known === 'string');
      return [{ name: name ?? `${field}/${index}`, node, pointer: pointerTo(`/${field}`, index) }];
    });
  });
}

/** The extensions of a stream without which its records differ. */
export function recordExtensions({ node, pointer }: NamedStream, language: Language): ExtensionField[] {
  return extensionsIn(node, pointer, language).filter(
    ({ extension, value }) => extension.changesRecords === true && value !== false,
  );
}

function warningsOf({ tree, origins }: ReadManifest, language: Language): Diagnostic[] {
  return streamsOf(tree).flatMap((stream) =>
    recordExtensions(stream, language).map(({ pointer, component, field, extension }) => ({
      code: 'extension',
      severity: 'warning' as const,
      message: `stream "${stream.name}" reads other records elsewhere: without "${field}" of ${component}, ${extension.without}`,
      ...placeOf(origins, pointer, 'key'),
    })),
  );
}

/** How other readers of YAML, which follow version 1.1, read the same. */
const written = (document: Document): string =>
  document.toString({ lineWidth: 120, singleQuote: true, flowCollectionPadding: false });

/** Bundles the manifest at an absolute path. */
export function bundle(path: string, language: Language, { keepExtensions = false }: BundleOptions = {}): Bundle {
  const manifest = readManifest(path, language);
  const [root] = manifest.sources;
  if (!root || manifest.diagnostics.some(({ severity }) => severity === 'error')) {
    return { text: undefined, diagnostics: manifest.diagnostics };
  }
  const inlined = written(inlineFiles(root, manifest.sources));
  return {
    text: keepExtensions ? inlined : written(withoutExtensions(inlined, language)),
    diagnostics: sortDiagnostics(
      [...manifest.diagnostics, ...warningsOf(manifest, language)],
      manifest.sources.map(({ name }) => name),
    ),
  };
}
