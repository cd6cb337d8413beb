// Adds an item to a list of a YAML or JSON file. Every byte that was there stays: comments, layout and line ends too.
import { isDeepStrictEqual } from 'node:util';
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  type Document,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { ConfigError } from '../../errors.ts';

/** What the list holds at the end. */
type Item = string | { readonly $ref: string };

interface Added {
  readonly item: Item;
  readonly isBelowBlanks: boolean;
}

/** The item on one line, as JSON writes it or as people do. */
function inline(item: Item, isJson: boolean): string {
  const text = (value: string): string => (isJson ? JSON.stringify(value) : value);
  return typeof item === 'string' ? text(item) : `{ ${text('$ref')}: ${text(item.$ref)} }`;
}

const block = (item: Item): string => (typeof item === 'string' ? item : `$ref: ${item.$ref}`);

const insert = (text: string, at: number, added: string): string => text.slice(0, at) + added + text.slice(at);

const startOf = (node: unknown): number => (node as Node).range?.[0] ?? 0;
const endOf = (node: unknown): number => (node as Node).range?.[1] ?? 0;

/** The column of an offset. */
const columnOf = (text: string, offset: number): number => offset - (text.lastIndexOf('\n', offset - 1) + 1);

/** Where the line ends that has the last character before an offset that is not blank. */
function endOfLine(text: string, offset: number): number {
  const last = text.slice(0, offset).trimEnd().length;
  const end = text.indexOf('\n', last);
  return end === -1 ? text.length : end + 1;
}

/** A line of its own after an offset. */
function insertLine(text: string, at: number, line: string): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return at > 0 && text[at - 1] !== '\n' ? insert(text, at, newline + line) : insert(text, at, line + newline);
}

function appendToFlow(text: string, list: YAMLSeq, { item }: Added): string {
  const isJson = text.trimStart().startsWith('{');
  const last = list.items.at(-1);
  if (last === undefined) return insert(text, startOf(list) + 1, inline(item, isJson));
  const start = startOf(last);
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const isOnLineOfItsOwn = before.trim() === '' && text.includes('\n');
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  return insert(text, endOf(last), `,${isOnLineOfItsOwn ? lineBreak + before : ' '}${inline(item, isJson)}`);
}

function appendToBlock(text: string, list: YAMLSeq, { item, isBelowBlanks }: Added): string {
  const end = endOf(list.items.at(-1));
  // The dashes of a list stand in one column: that in which the list starts.
  const indent = ' '.repeat(columnOf(text, startOf(list)));
  return insertLine(text, isBelowBlanks ? end : endOfLine(text, end), `${indent}- ${block(item)}`);
}

const pairOf = (map: YAMLMap, name: string) => map.items.find(({ key }) => isScalar(key) && key.value === name);

/** The node at `#/a/b`, or undefined. */
const nodeAt = (document: Document, reference: string): unknown => document.getIn(reference.slice(2).split('/'), true);

/** The list itself, where a key holds an alias of it or a reference to it. */
function listOf(document: Document, value: unknown): unknown {
  if (isAlias(value)) return listOf(document, value.resolve(document));
  const reference = isMap(value) && value.items.length === 1 ? value.get('$ref') : isScalar(value) ? value.value : '';
  return typeof reference === 'string' && reference.startsWith('#/') ? nodeAt(document, reference) : value;
}

function appendTo(text: string, document: Document, path: readonly string[], added: Added): string | undefined {
  const line = `- ${block(added.item)}`;
  const [name = '', ...parents] = path.toReversed();
  const map: unknown = parents.length === 0 ? document.contents : document.getIn(parents.toReversed(), true);
  if (!isMap(map)) return undefined;
  const pair = pairOf(map, name);
  if (!pair) {
    if (map.flow || parents.length > 0) return undefined;
    return insertLine(text, endOfLine(text, endOf(map)), `${name}:${text.includes('\r\n') ? '\r\n' : '\n'}  ${line}`);
  }
  // A key without a value: the list begins below it.
  const indent = ' '.repeat(columnOf(text, startOf(pair.key)) + 2);
  const below = (source: string): string => insertLine(source, endOfLine(source, endOf(pair.key)), `${indent}${line}`);
  const list = listOf(document, pair.value);
  if (isSeq(list) && list.items.length === 0 && list === pair.value && !map.flow) {
    // `[]` gives way: a list of one file a line is easier to read.
    return below(text.slice(0, startOf(list)).trimEnd() + text.slice(endOf(list)));
  }
  if (isSeq(list)) return (list.flow ? appendToFlow : appendToBlock)(text, list, added);
  if (!isScalar(list) || list.value !== null || map.flow) return undefined;
  return below(text);
}

/** Whether two documents differ by nothing but the item at the end of the list. */
function isAppended(before: Document, after: Document, path: readonly string[], item: Item): boolean {
  const list = listOf(after, after.getIn(path, true));
  const last = isSeq(list) ? list.items.pop() : undefined;
  if (after.errors.length > 0 || !isSeq(list) || !isNode(last) || !isDeepStrictEqual(last.toJS(after), item))
    return false;
  if (!before.hasIn(path)) after.deleteIn(path);
  else if (before.getIn(path) === null) after.setIn(path, null);
  return isDeepStrictEqual(after.toJS(), before.toJS());
}

/** The text with the item at the end of the list at a path. Throws ConfigError where nothing else would stay as it is. */
export function appendItem(text: string, path: readonly string[], item: Item): string {
  const parsed = (source: string): Document => parseDocument(source, { merge: true });
  const document = parsed(text);
  // A text may end with blank lines that belong to it: then the item goes below them.
  for (const isBelowBlanks of [false, true]) {
    const added = appendTo(text, document, path, { item, isBelowBlanks });
    if (added !== undefined && isAppended(document, parsed(added), path, item)) return added;
  }
  throw new ConfigError(
    `The item cannot be added to "${path.join('.')}" by a program. Add it by hand: - ${block(item)}`,
  );
}
