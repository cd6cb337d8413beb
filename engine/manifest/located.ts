// Nodes in their files: what aliases stand for, mappings with what is merged into them, and the way along a path.
import type { SourceFile } from './load.ts';
import type { AliasNode, MapNode, SourceNode, SourcePair } from './source-node.ts';

/** A node and the file it stands in. */
export interface Located {
  readonly node: SourceNode | null;
  readonly file: SourceFile;
}

/** The node that an alias stands for: the last one of that name before it, unless the alias is a part of it. */
function target(alias: AliasNode, root: SourceNode | null): SourceNode | null {
  let found: SourceNode | null = null;
  /** Whether the alias has been met. */
  function visit(node: SourceNode | null): boolean {
    if (node === alias) return true;
    if (node === null) return false;
    if (node.anchor === alias.alias) found = node;
    const isMet =
      'items' in node
        ? node.items.some(visit)
        : 'pairs' in node &&
          node.pairs.some(({ key, value, at, anchor }) => visit({ value: key, at, anchor }) || visit(value));
    if (isMet && found === node) found = null;
    return isMet;
  }
  visit(root);
  return found;
}

/** The node that an alias stands for, null when there is none; any other is itself. */
export const dereferenced = ({ node, file }: Located): SourceNode | null =>
  node !== null && 'alias' in node ? target(node, file.contents) : node;

/** What the merge keys of a mapping name, last first: what comes later in here wins. */
export const mergesIn = ({ pairs }: MapNode): (SourceNode | null)[] =>
  pairs
    .filter(({ key }) => key === '<<')
    .flatMap(({ value }) => (value !== null && 'items' in value ? value.items.toReversed() : [value]));

/** The pairs of a mapping with its merge keys put in: later and own keys win. */
export function pairsOf(located: Located): Map<string, SourcePair> {
  const node = dereferenced(located);
  const pairs = new Map<string, SourcePair>();
  if (node === null || !('pairs' in node)) return pairs;
  for (const source of mergesIn(node)) {
    for (const [name, pair] of pairsOf({ node: source, file: located.file })) pairs.set(name, pair);
  }
  for (const pair of node.pairs) if (pair.key !== '<<') pairs.set(pair.key, pair);
  return pairs;
}

/** The node a reference path leads to. A key may itself contain slashes: the longest one wins, as in the reference engine. */
export function follow(
  start: Located,
  path: string,
): { node: SourceNode | null } | { missing: string; near: string[] } {
  let node = dereferenced(start);
  let rest = path;
  while (rest !== '') {
    const pairs = pairsOf({ node, file: start.file });
    const slash = rest.indexOf('/');
    const head = pairs.has(rest) || slash === -1 ? rest : rest.slice(0, slash);
    const next = node !== null && 'items' in node ? node.items[Number(head)] : pairs.get(head)?.value;
    if (next === undefined) return { missing: head, near: [...pairs.keys()] };
    node = dereferenced({ node: next, file: start.file });
    rest = rest.slice(head.length + 1);
  }
  return { node };
}
