// Text to YAML documents that keep positions. JSON files are YAML too, and are read as JSON until a position in them is asked for.
import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { type Document, parseDocument, type YAMLError } from 'yaml';
import { compactDocument, type CompactNode, documentFrom } from './compact-document.ts';
import type { Diagnostic, Place } from './diagnostic.ts';
import type { Memory } from './memory.ts';

export interface SourceFile {
  /** As shown to people: relative to where the command runs, if it is below it. */
  readonly name: string;
  readonly path: string;
  readonly text: string;
  readonly document: Document;
  /** The value of a JSON file without a problem or a reference in it; undefined for any other file. */
  readonly plain: unknown;
  place(offset: number): Place;
}

export interface Loader {
  /** The file, read and parsed once; undefined when it cannot be read. Problems of its YAML are collected. */
  load(path: string): SourceFile | undefined;
  /** Every file loaded so far, in the order of loading. */
  readonly files: readonly SourceFile[];
  readonly diagnostics: Diagnostic[];
}

/** How a path is shown: relative to the working folder, absolute when it lies outside. */
export function displayName(path: string): string {
  const name = relative('', path);
  return name.startsWith('..') ? path : name;
}

/** The path a reference in `from` leads to. */
export function pathFrom(from: SourceFile, reference: string): string {
  return resolve(dirname(from.path), reference);
}

/** The one problem of a document that explains the others: a tab, if there is one, else the first. */
function syntaxProblem({ errors, warnings }: Document): YAMLError | undefined {
  const all = [...errors, ...warnings];
  return all.find(({ code }) => code === 'TAB_AS_INDENT') ?? all[0];
}

/** How many keys a JSON value has in all. */
function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const items = Object.values(value);
  return items.reduce<number>((count, item) => count + countKeys(item), Array.isArray(value) ? 0 : items.length);
}

/** The value of a JSON text, when there is no more to say of it: no key twice, and no reference. */
function plainJson(text: string, memory?: Memory): unknown {
  // In a schema without a problem there is neither.
  if (memory?.known('schema', text) === true) return JSON.parse(text);
  if (text.includes('"$ref"') || text.includes('"#/')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    const strings = text.match(/"(?:[^"\\]|\\.)*"\s*:?/g) ?? [];
    return countKeys(value) === strings.filter((string) => string.endsWith(':')).length ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What a template without quotes looks like to YAML. */
const UNQUOTED_TEMPLATE = /:\s*\{\{/;

const isJson = (path: string): boolean => path.endsWith('.json');

/** The document of a text; one that memory knows is without its comments and layout. */
function documentOf(text: string, memory?: Memory): Document {
  const known = memory?.known('document', text);
  if (known !== undefined) return documentFrom(known as CompactNode);
  const document = parseDocument(text, { merge: true, prettyErrors: false });
  memory?.keep('document', text, compactDocument(document));
  return document;
}

/** Text as a file that stands at this path, or would. */
export function sourceFile(path: string, text: string, memory?: Memory): SourceFile {
  const name = displayName(path);
  let document: Document | undefined;
  return {
    name,
    path,
    text,
    plain: isJson(path) ? plainJson(text, memory) : undefined,
    get document() {
      return (document ??= documentOf(text, memory));
    },
    place(offset) {
      const before = text.slice(0, offset).split('\n');
      return { file: name, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    },
  };
}

/** Files are read once. Without a memory, their documents have their comments and layout. */
export function createLoader(memory?: Memory): Loader {
  const cache = new Map<string, SourceFile | undefined>();
  const diagnostics: Diagnostic[] = [];

  function read(path: string): SourceFile | undefined {
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch {
      return undefined;
    }
    const file = sourceFile(path, text, memory);
    const syntax = file.plain === undefined ? syntaxProblem(file.document) : undefined;
    if (syntax) {
      const place = file.place(syntax.pos[0]);
      const line = text.split('\n')[place.line - 1] ?? '';
      const hint = UNQUOTED_TEMPLATE.test(line) ? 'Put a template in quotes: "{{ … }}".' : undefined;
      const message = `this is not ${isJson(path) ? 'JSON' : 'YAML'}: ${syntax.message}`;
      diagnostics.push({ code: 'yaml', severity: 'error', message, hint, ...place });
    }
    return file;
  }

  return {
    load(path) {
      if (!cache.has(path)) cache.set(path, read(path));
      return cache.get(path);
    },
    get files() {
      return [...cache.values()].filter((file) => file !== undefined);
    },
    diagnostics,
  };
}
