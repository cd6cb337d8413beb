// Text to YAML documents that keep positions. JSON files are YAML too, and are read as JSON until a position in them is asked for.
import { readFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { type Document, parseDocument, type YAMLError } from 'yaml';
import type { Diagnostic, Place } from './diagnostic.ts';
import type { Memory } from './memory.ts';
import { contentsInParts } from './parts.ts';
import { contentsOf, isRememberable, type SourceNode } from './source-node.ts';

export interface SourceFile {
  /** As shown to people: relative to where the command runs, if it is below it. */
  readonly name: string;
  readonly path: string;
  readonly text: string;
  /** Parsed when it is asked for. */
  readonly document: Document;
  /** The nodes of the document; null when it is empty. */
  readonly contents: SourceNode | null;
  /** What is wrong with the text as YAML or JSON. */
  readonly problem: YAMLError | undefined;
  /** Whether that makes every other problem a riddle. */
  readonly isBroken: boolean;
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

/** How an absolute path is shown: relative to the working folder, absolute when it lies outside. */
export function displayName(path: string): string {
  const folder = join(process.cwd(), sep);
  return path.startsWith(folder) ? path.slice(folder.length) : path;
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

const parse = (text: string): Document => parseDocument(text, { merge: true, prettyErrors: false });

/** The nodes of a text that has no problem, as far as memory knows them: of a long text, only the parts that it does not are parsed. */
function recall(text: string, memory: Memory): SourceNode | undefined {
  const known = (of: string) => memory.known('document', of) as SourceNode | undefined;
  return known(text) ?? contentsInParts(text, (part) => known(part) ?? keep(part, parse(part), memory));
}

/** The nodes of a text, which memory keeps; undefined when it cannot. */
function keep(text: string, document: Document, memory?: Memory): SourceNode | undefined {
  const contents = contentsOf(document);
  if (contents === null || !isRememberable(document, contents)) return undefined;
  memory?.keep('document', text, contents);
  return contents;
}

/** Text as a file that stands at this path, or would. */
export function sourceFile(path: string, text: string, memory?: Memory): SourceFile {
  const name = displayName(path);
  let document: Document | undefined;
  let contents: SourceNode | null | undefined;
  let recalled: SourceNode | null | undefined;
  /** What memory knows of the text, which then has no problem. */
  function known(): SourceNode | null {
    if (recalled === undefined) recalled = (memory && recall(text, memory)) ?? null;
    return recalled;
  }
  return {
    name,
    path,
    text,
    plain: isJson(path) ? plainJson(text, memory) : undefined,
    get document() {
      return (document ??= parse(text));
    },
    get contents() {
      return known() ?? (contents ??= keep(text, this.document, memory) ?? contentsOf(this.document));
    },
    get problem() {
      return this.plain === undefined && !known() ? syntaxProblem(this.document) : undefined;
    },
    get isBroken() {
      return !known() && this.document.errors.length > 0;
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
    const syntax = file.problem;
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
