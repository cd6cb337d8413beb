// A YAML document as JSON, and back. Parsing is most of the work of `validate`: what was parsed once need not be parsed again.
import {
  Alias,
  Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type ParsedNode,
  Pair,
  Scalar,
  YAMLMap,
  YAMLSeq,
} from 'yaml';

/** A node, by the offset at which it begins; the keys and values of a mapping stand in turn. */
export type CompactNode =
  | CompactScalar
  | { readonly at: number; readonly map: readonly (CompactNode | null)[]; readonly anchor?: string | undefined }
  | { readonly at: number; readonly list: readonly (CompactNode | null)[]; readonly anchor?: string | undefined }
  | { readonly at: number; readonly alias: string };

type CompactScalar = readonly [at: number, scalar: string | number | boolean | null, anchor?: string];

/** Thrown where JSON cannot hold what a document says. */
class NotJson extends Error {}

const isJsonScalar = (value: unknown): value is string | number | boolean | null =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (Number.isFinite(value) && !Object.is(value, -0));

function compactNode(node: unknown): CompactNode | null {
  if (node === null || node === undefined) return null;
  const { range, anchor, tag } = node as Partial<ParsedNode> & { anchor?: string };
  const at = range?.[0];
  if (at === undefined || tag !== undefined) throw new NotJson();
  if (isAlias(node)) return { at, alias: node.source };
  if (isMap(node))
    return { at, map: node.items.flatMap(({ key, value }) => [compactNode(key), compactNode(value)]), anchor };
  if (isSeq(node)) return { at, list: node.items.map(compactNode), anchor };
  const value: unknown = isScalar(node) ? node.value : undefined;
  // A merge key is read as a symbol.
  const scalar = typeof value === 'symbol' ? value.description : value;
  if (!isJsonScalar(scalar)) throw new NotJson();
  return anchor === undefined ? [at, scalar] : [at, scalar, anchor];
}

/** The nodes of a document, with their places and anchors, but without its comments and layout; undefined when it has problems or JSON cannot hold it. */
export function compactDocument({ errors, warnings, contents }: Document): CompactNode | undefined {
  if (errors.length + warnings.length > 0) return undefined;
  try {
    return compactNode(contents) ?? undefined;
  } catch (thrown) {
    if (thrown instanceof NotJson) return undefined;
    throw thrown;
  }
}

function placed<N extends Node>(node: N, at: number, anchor?: string): N {
  node.range = [at, at, at];
  if (anchor !== undefined && !isAlias(node)) (node as Node & { anchor?: string }).anchor = anchor;
  return node;
}

const isScalarNode = (compact: CompactNode): compact is CompactScalar => Array.isArray(compact);

function nodeFrom(compact: CompactNode | null): Node | null {
  if (compact === null) return null;
  if (isScalarNode(compact)) {
    const [at, value, anchor] = compact;
    return placed(new Scalar(value), at, anchor);
  }
  if ('alias' in compact) return placed(new Alias(compact.alias), compact.at);
  if ('list' in compact) {
    const list = placed(new YAMLSeq(), compact.at, compact.anchor);
    list.items = compact.list.map(nodeFrom);
    return list;
  }
  const map = placed(new YAMLMap(), compact.at, compact.anchor);
  for (let index = 0; index < compact.map.length; index += 2) {
    map.items.push(new Pair(nodeFrom(compact.map[index] ?? null), nodeFrom(compact.map[index + 1] ?? null)));
  }
  return map;
}

/** The document that was compacted. */
export function documentFrom(compact: CompactNode): Document {
  const document = new Document();
  document.contents = nodeFrom(compact);
  return document;
}
