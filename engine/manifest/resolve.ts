// `$ref`, YAML anchors and merge keys to one plain tree, with the origin of every value in it.
import { isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { isJsonObject } from '../text/json.ts';
import type { Diagnostic, Place } from './diagnostic.ts';
import { type Loader, pathFrom, type SourceFile } from './load.ts';
import { type Origin, type Origins, originsFrom, type Spot } from './origins.ts';
import { didYouMean } from './suggest.ts';

export interface Resolved {
  /** What a definition brings is one object, wherever it is used: it is not to be changed. */
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

/** A value and where it and what is in it was written. */
interface Written {
  readonly value: unknown;
  readonly origin: Origin;
}

/** The origins of a file that is read as it is, without references. */
function plainOrigin(located: Located, key?: Spot): Origin {
  const { node, file } = located;
  const children = (): (readonly [string, Origin])[] => {
    if (isMap(node)) {
      return node.items.map((pair) => {
        const child = { node: pair.value as Node | null, file };
        return [keyText(pair), plainOrigin(child, spotOf({ node: pair.key as Node, file }))];
      });
    }
    return isSeq(node)
      ? node.items.map((item, index) => [String(index), plainOrigin({ node: item as Node, file })])
      : [];
  };
  return { key, value: spotOf(located), inside: () => new Map(children()) };
}

/** The origins of a file as it stands. */
export const originsIn = (file: SourceFile): Origins => originsFrom(fileOrigin(file));

function fileOrigin(file: SourceFile): Origin {
  const inside = () => plainOrigin({ node: file.document.contents, file }).inside?.() ?? new Map<string, Origin>();
  return { value: { file, offset: Math.max(0, file.text.search(/\S/)) }, inside };
}

/** Resolves the manifest that `root` holds. `#/…` always points into `root`, also from the files it refers to. */
export function resolveManifest(root: SourceFile, loader: Loader): Resolved {
  const diagnostics: Diagnostic[] = [];
  /** What a reference brings is worked out once; a circle is not kept, for it depends on where it was entered. */
  const known = new Map<string, Written>();
  let circles = 0;

  function problem(code: string, located: Located, message: string, hint?: string): undefined {
    const place = located.file.place(offsetOf(located.node));
    // A definition that is used twice, or met again in its own circle, has its problem once.
    const isKnown = diagnostics.some((other) => other.message === message && isSamePlace(other, place));
    if (!isKnown) diagnostics.push({ code, severity: 'error', message, hint, ...place });
  }

  /** What is written at the place that a `$ref` names; undefined, with a diagnostic, when there is none. */
  function target(reference: string, at: Located, chain: readonly string[]): Written | undefined {
    const [path = '', fragment = ''] = reference.split('#');
    const file = path === '' ? root : loader.load(pathFrom(at.file, path));
    if (!file) return problem('ref-file', at, `there is no file "${path}", which $ref names`);
    if (fragment === '' && file.plain !== undefined) return { value: file.plain, origin: fileOrigin(file) };
    if (path !== '' && file.document.errors.length > 0) return undefined;
    const found = follow({ node: file.document.contents, file }, fragment.replace(/^\//, ''));
    if ('node' in found) return written({ node: found.node, file }, chain);
    return problem(
      'ref-missing',
      at,
      `$ref "${reference}" leads nowhere: there is no "${found.missing}"`,
      didYouMean(found.missing, found.near),
    );
  }

  function reference(text: string, at: Located, chain: readonly string[]): Written | undefined {
    const identity = text.startsWith('#') ? text : pathFrom(at.file, text);
    if (chain.includes(identity)) {
      circles += 1;
      const names = [...chain.slice(chain.indexOf(identity)), identity].map((name) => name.split('/').at(-1));
      return problem('ref-circular', at, `$ref "${text}" goes in a circle: ${names.join(' -> ')}`);
    }
    const circlesBefore = circles;
    const found = known.get(identity) ?? target(text, at, [...chain, identity]);
    if (found && circles === circlesBefore) known.set(identity, found);
    return found;
  }

  function mapping(located: Located, chain: readonly string[]): Written {
    const pairs = pairsOf(located);
    const { file } = located;
    const ref = pairs.get('$ref');
    let merged: Record<string, unknown> = {};
    let inherited: ReadonlyMap<string, Origin> | undefined;
    if (ref) {
      const at = { node: ref.value as Node, file };
      const node = dereferenced(at);
      const origin = { value: spotOf(at) };
      if (!isScalar(node) || typeof node.value !== 'string') {
        return { value: problem('ref-type', at, '$ref is text: "#/…" or the path of a file'), origin };
      }
      const referred = reference(node.value, at, chain);
      if (!isJsonObject(referred?.value) || pairs.size === 1) return referred ?? { value: undefined, origin };
      merged = { ...referred.value };
      inherited = referred.origin.inside?.();
    }
    const children = new Map(inherited);
    for (const [key, pair] of pairs) {
      if (key === '$ref') continue;
      const name = spotOf({ node: pair.key as Node, file });
      const { value, origin } = written({ node: pair.value as Node | null, file }, chain);
      children.set(key, { ...origin, key: name, value: pair.value ? origin.value : name });
      merged[key] = value;
    }
    return { value: merged, origin: { value: spotOf(located), inside: () => children } };
  }

  function written(located: Located, chain: readonly string[]): Written {
    const node = dereferenced(located);
    const { file } = located;
    const origin = { value: spotOf(located) };
    if (isMap(node)) return mapping({ node, file }, chain);
    if (node === null && isAlias(located.node)) {
      return { value: problem('alias', located, `there is no anchor "&${located.node.source}" above`), origin };
    }
    if (isSeq(node)) {
      const items = node.items.map((item) => written({ node: item as Node, file }, chain));
      const children = new Map(items.map((item, index) => [String(index), item.origin]));
      return { value: items.map(({ value }) => value), origin: { ...origin, inside: () => children } };
    }
    if (!isScalar(node)) return { value: null, origin };
    const text = node.value;
    // The reference engine takes any text that starts with #/ for a reference.
    if (typeof text !== 'string' || !text.startsWith('#/')) return { value: text, origin };
    return reference(text, located, chain) ?? { value: undefined, origin };
  }

  const { value, origin } = written({ node: root.document.contents, file: root }, []);
  return { tree: value, origins: originsFrom(origin), diagnostics };
}
