// `$ref`, YAML anchors and merge keys to one plain tree, with the origin of every value in it.
import { isJsonObject } from '../text/json.ts';
import type { Diagnostic, Place } from './diagnostic.ts';
import { type Loader, pathFrom, type SourceFile } from './load.ts';
import { dereferenced, follow, type Located, mergesIn, pairsOf } from './located.ts';
import { type Origin, type Origins, originsFrom, type Spot } from './origins.ts';
import type { MapNode } from './source-node.ts';
import { didYouMean } from './suggest.ts';

export interface Resolved {
  /** What a definition brings is one object, wherever it is used: it is not to be changed. */
  readonly tree: unknown;
  readonly origins: Origins;
  readonly diagnostics: readonly Diagnostic[];
}

const spotOf = ({ node, file }: Located): Spot => ({ file, offset: node?.at ?? 0 });
const isSamePlace = (a: Place, b: Place): boolean => a.file === b.file && a.line === b.line && a.column === b.column;

/** Origins are asked for when there is a place to name; then often, for the same holders. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
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
    if (node === null) return [];
    if ('items' in node) return node.items.map((item, index) => [String(index), plainOrigin({ node: item, file })]);
    if (!('pairs' in node)) return [];
    return node.pairs.map(({ key: name, at, value }) => [
      name,
      plainOrigin({ node: value, file }, { file, offset: at }),
    ]);
  };
  return { key, value: spotOf(located), inside: once(() => new Map(children())) };
}

/** The origins of a file as it stands. */
export const originsIn = (file: SourceFile): Origins => originsFrom(fileOrigin(file));

function fileOrigin(file: SourceFile): Origin {
  const inside = () => plainOrigin({ node: file.contents, file }).inside?.() ?? new Map<string, Origin>();
  return { value: { file, offset: Math.max(0, file.text.search(/\S/)) }, inside };
}

/** Resolves the manifest that `root` holds. `#/…` always points into `root`, also from the files it refers to. */
export function resolveManifest(root: SourceFile, loader: Loader): Resolved {
  const diagnostics: Diagnostic[] = [];
  /** What a reference brings is worked out once; a circle is not kept, for it depends on where it was entered. */
  const known = new Map<string, Written>();
  let circles = 0;

  function problem(code: string, located: Located, message: string, hint?: string): undefined {
    const place = located.file.place(located.node?.at ?? 0);
    // A definition that is used twice, or met again in its own circle, has its problem once.
    const isKnown = diagnostics.some((other) => other.message === message && isSamePlace(other, place));
    if (!isKnown) diagnostics.push({ code, severity: 'error', message, hint, ...place });
  }

  /** What is written at the place that a `$ref` names; undefined, with a diagnostic, when there is none. */
  function brought(reference: string, at: Located, chain: readonly string[]): Written | undefined {
    const [path = '', fragment = ''] = reference.split('#');
    const file = path === '' ? root : loader.load(pathFrom(at.file, path));
    if (!file) return problem('ref-file', at, `there is no file "${path}", which $ref names`);
    if (fragment === '' && file.plain !== undefined) return { value: file.plain, origin: fileOrigin(file) };
    if (path !== '' && file.isBroken) return undefined;
    const found = follow({ node: file.contents, file }, fragment.replace(/^\//, ''));
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
    const found = known.get(identity) ?? brought(text, at, [...chain, identity]);
    if (found && circles === circlesBefore) known.set(identity, found);
    return found;
  }

  /** Says so when an alias stands for nothing. */
  function checkAlias(at: Located): undefined {
    const { node, file } = at;
    if (node === null || !('alias' in node) || dereferenced(at) !== null) return undefined;
    const isInside = file.text.slice(0, node.at).includes(`&${node.alias}`);
    const hint = isInside ? 'An alias cannot be a part of what it stands for.' : undefined;
    return problem('alias', at, `there is no anchor "&${node.alias}" above`, hint);
  }

  function mapping(located: Located & { node: MapNode }, chain: readonly string[]): Written {
    const pairs = pairsOf(located);
    const { file } = located;
    for (const merge of mergesIn(located.node)) checkAlias({ node: merge, file });
    const ref = pairs.get('$ref');
    let merged: Record<string, unknown> = {};
    let inherited: Origin | undefined;
    if (ref) {
      const at = { node: ref.value, file };
      const node = dereferenced(at);
      const origin = { value: spotOf(at) };
      if (node === null || !('value' in node) || typeof node.value !== 'string') {
        return { value: problem('ref-type', at, '$ref is text: "#/…" or the path of a file'), origin };
      }
      const referred = reference(node.value, at, chain);
      if (!isJsonObject(referred?.value) || pairs.size === 1) return referred ?? { value: undefined, origin };
      merged = { ...referred.value };
      inherited = referred.origin;
      pairs.delete('$ref');
    }
    const origins: Origin[] = [];
    for (const [key, { value: node }] of pairs) {
      const { value, origin } = written({ node, file }, chain);
      origins.push(origin);
      merged[key] = value;
    }
    const inside = once((): ReadonlyMap<string, Origin> => {
      const children = new Map(inherited?.inside?.());
      for (const [index, [name, { at, value }]] of [...pairs].entries()) {
        const key = { file, offset: at };
        const origin = origins[index] ?? { value: key };
        children.set(name, { ...origin, key, value: value ? origin.value : key });
      }
      return children;
    });
    return { value: merged, origin: { value: spotOf(located), inside } };
  }

  function written(located: Located, chain: readonly string[]): Written {
    const node = dereferenced(located);
    const { file } = located;
    const origin = { value: spotOf(located) };
    if (node === null) return { value: located.node === null ? null : checkAlias(located), origin };
    if ('pairs' in node) return mapping({ node, file }, chain);
    if ('items' in node) {
      const items = node.items.map((item) => written({ node: item, file }, chain));
      const inside = once(() => new Map(items.map((item, index) => [String(index), item.origin])));
      return { value: items.map(({ value }) => value), origin: { ...origin, inside } };
    }
    const value = 'value' in node ? node.value : null;
    // The reference engine takes any text that starts with #/ for a reference.
    if (typeof value !== 'string' || !value.startsWith('#/')) return { value, origin };
    return reference(value, located, chain) ?? { value: undefined, origin };
  }

  const { value, origin } = written({ node: root.contents, file: root }, []);
  return { tree: value, origins: originsFrom(origin), diagnostics };
}
