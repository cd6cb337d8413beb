// Puts the files that a manifest refers to in their place. What several places refer to becomes a definition that they share;
// comments stay.
import { basename, dirname } from 'node:path';
import { Document, isMap, isPair, isScalar, type Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { pathFrom, type SourceFile } from '../../manifest/load.ts';
import { dereferenced, follow, type Located, pairsOf } from '../../manifest/located.ts';
import {
  keyText,
  type ListNode,
  type MapNode,
  parsedNode,
  type ScalarNode,
  type SourceNode,
  type SourcePair,
} from '../../manifest/source-node.ts';

/** What a `$ref` to a file names. */
interface Target {
  readonly path: string;
  /** Without its first slash. */
  readonly fragment: string;
}

const idOf = ({ path, fragment }: Target): string => `${path}#${fragment}`;
const isJson = ({ path }: SourceFile): boolean => path.endsWith('.json');

/** The file that the value of a `$ref` names; undefined when it points into the manifest itself. */
function targetOf(value: SourceNode | null | undefined, file: SourceFile): Target | undefined {
  const node = dereferenced({ node: value ?? null, file });
  const text = node !== null && 'value' in node ? node.value : undefined;
  if (typeof text !== 'string' || text.startsWith('#')) return undefined;
  const [path = '', fragment = ''] = text.split('#');
  return { path: pathFrom(file, path), fragment: fragment.replace(/^\//, '') };
}

/** The comments of a node, without what is for editors. */
function commentOf(...comments: (string | null | undefined)[]): string | null {
  const lines = comments
    .flatMap((comment) => comment?.split('\n') ?? [])
    .filter((line) => !/^\s*yaml-language-server:/.test(line));
  return lines.length === 0 ? null : lines.join('\n');
}

/** Takes the comment that stands before the first key of a mapping, where the parser puts that of a file. */
function takeHead(node: Node): string | null | undefined {
  const key = isMap(node) ? node.items[0]?.key : undefined;
  if (!isScalar(key)) return undefined;
  const { commentBefore } = key;
  key.commentBefore = null;
  key.spaceBefore = false;
  return commentBefore;
}

/** The manifest as one document that refers to none of the files. Every reference must lead somewhere. */
export function inlineFiles(root: SourceFile, files: readonly SourceFile[]): Document {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const counts = countReferences(root, byPath);
  /** The definitions that are made, by what they hold. */
  const shared = new Map<string, { name: string; node?: Node | null }>();
  const taken = new Set(definitionNames(root, byPath));

  /** The definition that holds what is shared; made when it is first needed. */
  function definitionFor(target: Target): string {
    const known = shared.get(idOf(target));
    if (known) return known.name;
    const name = freeName(target, taken);
    taken.add(name);
    const definition: { name: string; node?: Node | null } = { name };
    shared.set(idOf(target), definition);
    definition.node = inlined(target);
    return name;
  }

  /** A copy of what a target holds, its comment in front. */
  function inlined(target: Target): Node | null {
    const at = locate(target, byPath);
    if (!at) throw new Error(`nothing stands at ${idOf(target)}`);
    const node = copy(at);
    if (node && target.fragment === '') {
      node.commentBefore = commentOf(at.file.document.commentBefore, node.commentBefore, takeHead(node));
    }
    return node;
  }

  function copyMap(node: MapNode, file: SourceFile): Node | null {
    const pairs = pairsOf({ node, file });
    const reference = pairs.get('$ref')?.value;
    const target = targetOf(reference, file);
    if (target) pairs.delete('$ref');
    const own = [...pairs.values()].map((pair) => copyPair(pair, file));
    const map = styled(new YAMLMap(), node, file);
    if (!target) {
      map.items = own;
      return map;
    }
    // The comment of the reference comes first, then that of the file.
    const comments = [map.commentBefore, reference && parsedNode(reference)?.comment];
    const isOfRoot = target.path === root.path;
    const made = isOfRoot || (counts.get(idOf(target)) ?? 0) > 1 ? new YAMLMap() : inlined(target);
    if (!isMap(made)) return made;
    if (made.items.length === 0) {
      const text = `#/${isOfRoot ? target.fragment : `definitions/${definitionFor(target)}`}`;
      made.items.push(new Pair(new Scalar('$ref'), new Scalar(text)));
    }
    made.commentBefore = commentOf(...comments, made.commentBefore);
    for (const pair of own) put(made, pair);
    return made;
  }

  function copyPair(pair: SourcePair, file: SourceFile): Pair {
    return new Pair(copyScalar(pair, pair.key, file), copy({ node: pair.value, file }));
  }

  function copyScalar(node: ScalarNode | SourcePair, value: unknown, file: SourceFile): Scalar {
    const scalar = new Scalar(value);
    Object.assign(scalar, parsedNode(node));
    delete scalar.anchor;
    if (isJson(file)) delete scalar.type;
    // PyYAML knows fewer ways to write a number, and stumbles over these texts without quotes.
    if (typeof scalar.value === 'number') delete scalar.format;
    if (typeof scalar.value === 'string' && /^=$|\t/.test(scalar.value)) scalar.type = 'QUOTE_DOUBLE';
    return scalar;
  }

  function copy(at: Located): Node | null {
    const { file } = at;
    const node = dereferenced(at);
    if (node === null) return null;
    if ('pairs' in node) return copyMap(node, file);
    if ('items' in node) {
      const seq = styled(new YAMLSeq(), node, file);
      seq.items = node.items.map((item) => copy({ node: item, file }));
      return seq;
    }
    return 'value' in node ? copyScalar(node, node.value, file) : null;
  }

  const document = new Document<Node>(null, { compat: 'yaml-1.1' });
  const contents = copy({ node: root.contents, file: root });
  if (contents) document.contents = contents;
  document.commentBefore = commentOf(root.document.commentBefore, contents && takeHead(contents));
  addDefinitions(document, shared.values());
  document.comment = root.document.comment;
  return document;
}

/** What a target holds; undefined when there is nothing. */
function locate({ path, fragment }: Target, files: ReadonlyMap<string, SourceFile>): Located | undefined {
  const file = files.get(path);
  const found = file && follow({ node: file.contents, file }, fragment);
  return found && 'node' in found ? { node: found.node, file } : undefined;
}

/** How often each file, or part of one, is referred to; a file that is put in once counts what it refers to once. */
function countReferences(root: SourceFile, files: ReadonlyMap<string, SourceFile>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  function countTarget(target: Target): void {
    const before = counts.get(idOf(target)) ?? 0;
    counts.set(idOf(target), before + 1);
    const found = before === 0 && target.path !== root.path ? locate(target, files) : undefined;
    if (found) count(found.node, found.file);
  }
  function count(node: SourceNode | null, file: SourceFile): void {
    if (node === null) return;
    if ('items' in node) for (const item of node.items) count(item, file);
    if (!('pairs' in node)) return;
    for (const { key, value } of node.pairs) {
      const target = key === '$ref' ? targetOf(value, file) : undefined;
      if (target) countTarget(target);
      count(value, file);
    }
  }
  count(root.contents, root);
  return counts;
}

/** The names that definitions have already, also where they stand in a file of their own. */
function definitionNames(root: SourceFile, files: ReadonlyMap<string, SourceFile>): string[] {
  const definitions = pairsOf({ node: root.contents, file: root }).get('definitions');
  const pairs = pairsOf({ node: definitions?.value ?? null, file: root });
  const target = targetOf(pairs.get('$ref')?.value, root);
  const other = target && locate(target, files);
  return [...pairs.keys(), ...(other ? pairsOf(other).keys() : [])];
}

/** A name for a definition: that of the file and where in it, with the folder's if that is taken. */
function freeName({ path, fragment }: Target, taken: ReadonlySet<string>): string {
  const file = basename(path).replace(/\.[^.]*$/, '');
  const name = [file, ...fragment.split('/').filter(Boolean)].join('_').replaceAll(/[^A-Za-z0-9_]/g, '_');
  const candidates = [name, `${basename(dirname(path))}_${name}`];
  const free = candidates.find((candidate) => !taken.has(candidate));
  if (free !== undefined) return free;
  for (let number = 2; ; number += 1) if (!taken.has(`${name}_${number}`)) return `${name}_${number}`;
}

/** Gives a copy the looks of what it was copied from; JSON is written as YAML. */
function styled<T extends YAMLMap | YAMLSeq>(copied: T, node: MapNode | ListNode, file: SourceFile): T {
  const { commentBefore, comment, spaceBefore, flow } = (parsedNode(node) ?? {}) as Partial<YAMLMap>;
  copied.commentBefore = commentBefore ?? null;
  copied.comment = comment ?? null;
  copied.spaceBefore = spaceBefore ?? false;
  // Short lists, such as those of types, stay on their line.
  const isShort = (items: ListNode['items']): boolean => items.every((item) => item !== null && 'value' in item);
  copied.flow = isJson(file) ? 'items' in node && isShort(node.items) : (flow ?? false);
  return copied;
}

/** Puts a field into a mapping, in place of the one of its name if there is one. */
function put(map: YAMLMap, pair: Pair): void {
  const at = map.items.findIndex((other) => isPair(other) && keyText(other.key) === keyText(pair.key));
  if (at === -1) map.items.push(pair);
  else map.items[at] = pair;
}

function addDefinitions(document: Document, made: Iterable<{ name: string; node?: Node | null }>): void {
  for (const { name, node } of made) {
    if (!document.has('definitions')) document.set('definitions', new YAMLMap());
    const definitions = document.get('definitions');
    const key = new Scalar(name);
    key.spaceBefore = true;
    if (isMap(definitions)) definitions.items.push(new Pair(key, node ?? null));
  }
}
