// Text to YAML documents that keep positions. JSON files are YAML too.
import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { type Document, LineCounter, parseDocument, type YAMLError } from 'yaml';
import type { Diagnostic, Place } from './diagnostic.ts';

export interface SourceFile {
  /** As shown to people: relative to where the command runs, if it is below it. */
  readonly name: string;
  readonly path: string;
  readonly text: string;
  readonly document: Document;
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
function displayName(path: string): string {
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

export function createLoader(): Loader {
  const cache = new Map<string, SourceFile | undefined>();
  const diagnostics: Diagnostic[] = [];

  function read(path: string): SourceFile | undefined {
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch {
      return undefined;
    }
    const lineCounter = new LineCounter();
    const document = parseDocument(text, { lineCounter, merge: true, prettyErrors: false });
    const name = displayName(path);
    const place = (offset: number): Place => {
      const { line, col } = lineCounter.linePos(offset);
      return { file: name, line, column: col };
    };
    const syntax = syntaxProblem(document);
    if (syntax) {
      const language = path.endsWith('.json') ? 'JSON' : 'YAML';
      const line = text.split('\n')[place(syntax.pos[0]).line - 1] ?? '';
      const hint = /:\s*\{\{/.test(line) ? 'Put a template in quotes: "{{ … }}".' : undefined;
      const message = `this is not ${language}: ${syntax.message}`;
      diagnostics.push({ code: 'yaml', severity: 'error', message, hint, ...place(syntax.pos[0]) });
    }
    return { name, path, text, document, place };
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
