// What is read of a YAML document: its nodes with their places and anchors, without comments and layout. Parsing is most of the work
// of `validate`, so memory holds them: what was parsed once need not be parsed again.
import { type Document, isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';

interface Placed {
  /** Offset in the text at which it begins. */
  readonly at: number;
  /** The name that aliases have for it. */
  readonly anchor?: string | undefined;
}

export interface ScalarNode extends Placed {
  readonly value: unknown;
}

export interface ListNode extends Placed {
  readonly items: readonly (SourceNode | null)[];
}

export interface MapNode extends Placed {
  readonly pairs: readonly SourcePair[];
}

export interface AliasNode extends Placed {
  readonly alias: string;
}

export type SourceNode = ScalarNode | ListNode | MapNode | AliasNode;

/** A key with its place, and its value. */
export interface SourcePair extends Placed {
  readonly key: string;
  readonly value: SourceNode | null;
}

/** The text of a key; yaml reads a merge key as a symbol. */
export function keyText(key: unknown): string {
  const value = isScalar(key) ? key.value : key;
  return typeof value === 'symbol' ? (value.description ?? '') : String(value);
}

/** Where a node of the parser begins in its text. */
export const offsetOf = (node: unknown): number => (node as Node | null)?.range?.[0] ?? 0;

function placed(node: unknown): Placed {
  const { anchor } = (node ?? {}) as { anchor?: string };
  return anchor === undefined ? { at: offsetOf(node) } : { at: offsetOf(node), anchor };
}

/** The nodes that nodes of this module were made of. */
const parsed = new WeakMap<Placed, Node>();

function made<N extends Placed>(node: N, from: unknown): N {
  parsed.set(node, from as Node);
  return node;
}

/** The node of the parser, with comments and layout, that this one was made of. */
export const parsedNode = (node: SourceNode | SourcePair): Node | undefined => parsed.get(node);

function nodeOf(node: unknown): SourceNode | null {
  if (node === null || node === undefined) return null;
  const place = placed(node);
  if (isAlias(node)) return made({ ...place, alias: node.source }, node);
  if (isSeq(node)) return made({ ...place, items: node.items.map(nodeOf) }, node);
  if (!isMap(node)) return made({ ...place, value: isScalar(node) ? node.value : null }, node);
  const pairs = node.items.map(({ key, value }) =>
    made({ ...placed(key), key: keyText(key), value: nodeOf(value) }, key ?? node),
  );
  return made({ ...place, pairs }, node);
}

/** The nodes of a document; null when it is empty. */
export const contentsOf = ({ contents }: Document): SourceNode | null => nodeOf(contents);

function isJson(node: SourceNode | null): boolean {
  if (node === null || 'alias' in node) return true;
  if ('items' in node) return node.items.every(isJson);
  if ('pairs' in node) return node.pairs.every(({ value }) => isJson(value));
  const { value } = node;
  return (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (Number.isFinite(value) && !Object.is(value, -0))
  );
}

/** Whether JSON holds the nodes of a document as they are, and nothing is to be said of it. */
export const isRememberable = ({ errors, warnings }: Document, contents: SourceNode | null): boolean =>
  errors.length + warnings.length === 0 && isJson(contents);
