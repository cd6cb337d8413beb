// A long YAML text in parts that mean alone what they mean together: the entries of its outer mappings and lists. After a key stroke
// only one of them has to be parsed again.
import type { MapNode, SourceNode, SourcePair } from './source-node.ts';

/** The nodes of a part; undefined when there is a problem in it. */
export type ParsePart = (text: string) => SourceNode | undefined;

/** Longer texts are taken apart. */
const LONG = 1000;

const KEY = /^ *([A-Za-z_$][\w$.-]*):(?= |\n|$)/;
/** Keys that YAML does not read as text. */
const NO_TEXT = /^(?:true|false|null)$/i;
/** Nothing but the key stands on its line. */
const KEY_ALONE = /^ *[^:\n]+: *(?:#.*)?(?:\n|$)/;
const ITEM = /^ *-(?= |\n|$)/;

interface Entry {
  /** Offset of the first line. */
  readonly at: number;
  readonly text: string;
}

const indentOf = (line: string): number => /^ */.exec(line)?.[0].length ?? 0;

/** Whether nothing is written on a line. */
const isEmpty = (line: string): boolean => /^ *(?:#|\n?$)/.test(line);

/** The entries of the mapping or list that a text consists of; undefined where that cannot be told line by line. */
function entriesOf(text: string, at: number): { entries: Entry[]; isList: boolean } | undefined {
  const starts: number[] = [];
  let indent = -1;
  let start = ITEM;
  for (let offset = 0; offset < text.length;) {
    const end = text.indexOf('\n', offset) + 1 || text.length;
    const line = text.slice(offset, end);
    if (!isEmpty(line)) {
      const own = indentOf(line);
      if (indent === -1) {
        indent = own;
        start = ITEM.test(line) ? ITEM : KEY;
      }
      if (own < indent || line[own] === '\t' || /^(?:---|\.\.\.|%)/.test(line)) return undefined;
      if (own === indent) {
        if (start.test(line)) starts.push(offset);
        // A list may stand as far to the left as its key.
        else if (starts.length === 0 || !ITEM.test(line)) return undefined;
      }
    }
    offset = end;
  }
  const entries = starts.map((from, index) => ({ at: at + from, text: text.slice(from, starts[index + 1]) }));
  return { entries, isList: start === ITEM };
}

/** The same nodes further on. */
function moved(node: SourceNode | null, by: number): SourceNode | null {
  if (node === null) return null;
  const at = node.at + by;
  if ('items' in node) return { ...node, at, items: node.items.map((item) => moved(item, by)) };
  if (!('pairs' in node)) return { ...node, at };
  const pairs = node.pairs.map((pair) => ({ ...pair, at: pair.at + by, value: moved(pair.value, by) }));
  return { ...node, at, pairs };
}

/** The nodes of an entry that is a mapping of one key, whose value is taken apart too. */
function nested({ at, text }: Entry, parse: ParsePart): MapNode | undefined {
  const [head] = KEY_ALONE.exec(text) ?? [];
  const [, key] = KEY.exec(text) ?? [];
  if (head === undefined || key === undefined || text.length <= LONG || NO_TEXT.test(key)) return undefined;
  const rest = text.slice(head.length);
  const first = rest.split('\n').find((line) => !isEmpty(line));
  if (first === undefined || (indentOf(first) <= indentOf(text) && !ITEM.test(first))) return undefined;
  const value = combined(rest, at + head.length, parse);
  const keyAt = at + indentOf(text);
  return value && { at: keyAt, pairs: [{ at: keyAt, key, value }] };
}

function combined(text: string, at: number, parse: ParsePart): SourceNode | undefined {
  const { entries, isList } = entriesOf(text, at) ?? { entries: [], isList: false };
  const nodes: SourceNode[] = [];
  for (const entry of entries) {
    const node = nested(entry, parse) ?? moved(parse(entry.text) ?? null, entry.at);
    if (node === null) return undefined;
    nodes.push(node);
  }
  const [first] = nodes;
  if (!first) return undefined;
  if (isList) return { at: first.at, items: nodes.flatMap((node) => ('items' in node ? node.items : [])) };
  const pairs = nodes.flatMap((node): readonly SourcePair[] => ('pairs' in node ? node.pairs : []));
  const isUnique = new Set(pairs.map(({ key }) => key)).size === pairs.length;
  return isUnique ? { at: first.at, pairs } : undefined;
}

/** The nodes of a long text, made of those of its parts; undefined when it has to be parsed as a whole. */
export const contentsInParts = (text: string, parse: ParsePart): SourceNode | undefined =>
  text.length <= LONG || text.includes('\r') ? undefined : combined(text, 0, parse);
