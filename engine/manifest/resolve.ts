// `$ref`, YAML anchors and merge keys to one plain tree, with the origin of every value in it.
import { isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair } from 'yaml';
import type { Diagnostic, Place } from './diagnostic.ts';
import { type Loader, pathFrom, type SourceFile } from './load.ts';
import { type Origins, pointerTo, type Spot } from './origins.ts';
import { didYouMean } from './suggest.ts';

export interface Resolved {
  readonly tree: unknown;
  readonly origins: Origins;
  readonly diagnostics: readonly Diagnostic[];
}

/** A YAML node and the file it stands in. */
export interface Located {
  readonly node: Node | null;
  readonly file: SourceFile;
}

/** The text of a key; yaml reads a merge key as a symbol. */
export function keyText({ key }: Pair): string {
  const value = isScalar(key) ? key.value : key;
  return typeof value === 'symbol' ? (value.description ?? '') : String(value);
}

const spotOf = ({ node, file }: Located): Spot => ({ file, offset: offsetOf(node) });
const isSamePlace = (a: Place, b: Place): boolean => a.file === b.file && a.line === b.line && a.column === b.column;
/** Where a node begins in its file. */
export const offsetOf = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0);

/** The node that an alias stands for; any other is itself. */
export function dereferenced({ node, file }: Located): Node | null {
  return isAlias(node) ? ((node.resolve(file.document) as Node | undefined) ?? null) : node;
}

/** The pairs of a mapping with its merge keys put in: later and own keys win. */
export function pairsOf(located: Located): Map<string, Pair> {
  const pairs = new Map<string, Pair>();
  const node = dereferenced(located);
  if (!isMap(node)) return pairs;
  const own = node.items;
  for (const merge of own.filter((pair) => keyText(pair) === '<<')) {
    const sources = isSeq(merge.value) ? [...merge.value.items].reverse() : [merge.value];
    for (const source of sources) {
      for (const [key, pair] of pairsOf({ node: source as Node, file: located.file })) pairs.set(key, pair);
    }
  }
  for (const pair of own) if (keyText(pair) !== '<<') pairs.set(keyText(pair), pair);
  return pairs;
}

/** The node a reference path leads to. A key may itself contain slashes: the longest one wins, as in the reference engine. */
export function follow(start: Located, path: string): { node: Node | null } | { missing: string; near: string[] } {
  let node = dereferenced(start);
  let rest = path;
  while (rest !== '') {
    const pairs = pairsOf({ node, file: start.file });
    const slash = rest.indexOf('/');
    const head = pairs.has(rest) || slash === -1 ? rest : rest.slice(0, slash);
    const next = isSeq(node) ? (node.items[Number(head)] as Node | undefined) : (pairs.get(head)?.value as Node | null);
    if (next === undefined) return { missing: head, near: [...pairs.keys()] };
    node = dereferenced({ node: next, file: start.file });
    rest = rest.slice(head.length + 1);
  }
  return { node };
}

/** Resolves the manifest that `root` holds. `#/…` always points into `root`, also from the files it refers to. */
export function resolveManifest(root: SourceFile, loader: Loader): Resolved {
  const origins: Origins = new Map();
  const diagnostics: Diagnostic[] = [];

  function problem(code: string, located: Located, message: string, hint?: string): undefined {
    const place = located.file.place(offsetOf(located.node));
    // A definition that is used twice, or met again in its own circle, has its problem once.
    const isKnown = diagnostics.some((other) => other.message === message && isSamePlace(other, place));
    if (!isKnown) diagnostics.push({ code, severity: 'error', message, hint, ...place });
  }

  /** The node that a `$ref` names; undefined, with a diagnostic, when there is none. */
  function target(reference: string, at: Located): Located | undefined {
    const [path = '', fragment = ''] = reference.split('#');
    const file = path === '' ? root : loader.load(pathFrom(at.file, path));
    if (!file) return problem('ref-file', at, `there is no file "${path}", which $ref names`);
    if (path !== '' && file.document.errors.length > 0) return undefined;
    const start = { node: file.document.contents, file };
    const found = follow(start, fragment.replace(/^\//, ''));
    if ('node' in found) return { node: found.node, file };
    return problem(
      'ref-missing',
      at,
      `$ref "${reference}" leads nowhere: there is no "${found.missing}"`,
      didYouMean(found.missing, found.near),
    );
  }

  function reference(text: string, at: Located, pointer: string, chain: readonly string[]): unknown {
    const identity = text.startsWith('#') ? text : pathFrom(at.file, text);
    if (chain.includes(identity)) {
      const names = [...chain.slice(chain.indexOf(identity)), identity].map((name) => name.split('/').at(-1));
      return problem('ref-circular', at, `$ref "${text}" goes in a circle: ${names.join(' -> ')}`);
    }
    const found = target(text, at);
    if (!found) return undefined;
    origins.set(pointer, { key: origins.get(pointer)?.key, value: spotOf(found) });
    return value(found, pointer, [...chain, identity]);
  }

  function mapping(located: Located, pointer: string, chain: readonly string[]): unknown {
    const pairs = pairsOf(located);
    const ref = pairs.get('$ref');
    let merged: Record<string, unknown> = {};
    if (ref) {
      const at = { node: ref.value as Node, file: located.file };
      const node = dereferenced(at);
      if (!isScalar(node) || typeof node.value !== 'string') {
        return problem('ref-type', at, '$ref is text: "#/…" or the path of a file');
      }
      const referred = reference(node.value, at, pointer, chain);
      if (typeof referred !== 'object' || referred === null || Array.isArray(referred)) return referred;
      merged = referred as Record<string, unknown>;
      if (pairs.size > 1) origins.set(pointer, { key: origins.get(pointer)?.key, value: spotOf(located) });
    }
    const { file } = located;
    for (const [key, pair] of pairs) {
      if (key === '$ref') continue;
      const child = pointerTo(pointer, key);
      forget(child);
      const name = spotOf({ node: pair.key as Node, file });
      origins.set(child, { key: name, value: pair.value ? spotOf({ node: pair.value as Node, file }) : name });
      merged[key] = value({ node: pair.value as Node | null, file }, child, chain);
    }
    return merged;
  }

  /** A key beside `$ref` replaces what the reference brought, and its origins. */
  function forget(pointer: string): void {
    if (!origins.has(pointer)) return;
    for (const key of origins.keys()) if (key === pointer || key.startsWith(`${pointer}/`)) origins.delete(key);
  }

  function value(located: Located, pointer: string, chain: readonly string[]): unknown {
    const node = dereferenced(located);
    const { file } = located;
    if (isMap(node)) return mapping({ node, file }, pointer, chain);
    if (node === null && isAlias(located.node)) {
      return problem('alias', located, `there is no anchor "&${located.node.source}" above`);
    }
    if (isSeq(node)) {
      return node.items.map((item, index) => {
        const child = pointerTo(pointer, index);
        origins.set(child, { value: spotOf({ node: item as Node, file }) });
        return value({ node: item as Node, file }, child, chain);
      });
    }
    if (!isScalar(node)) return null;
    const text = node.value;
    // The reference engine takes any text that starts with #/ for a reference.
    return typeof text === 'string' && text.startsWith('#/') ? reference(text, located, pointer, chain) : text;
  }

  const start = { node: root.document.contents, file: root };
  origins.set('', { value: spotOf(start) });
  return { tree: value(start, '', []), origins, diagnostics };
}
