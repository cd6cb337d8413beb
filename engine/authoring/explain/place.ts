// Which value of a resolved manifest is meant: by a JSON pointer, by names on the way, or by a line of a file.
import type { SourceFile } from '../../manifest/load.ts';
import { type Origin, type Origins, pointerTo } from '../../manifest/origins.ts';
import { didYouMean } from '../../manifest/suggest.ts';

/** Where the asked place is, or why it cannot be told. */
export type Found = { readonly pointer: string; readonly uses: number } | { readonly problem: string };

export interface Resolved {
  readonly tree: unknown;
  readonly origins: Origins;
  readonly sources: readonly SourceFile[];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The keys and indexes of a pointer. */
export const keysOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));

/** The value at a pointer; undefined when there is none. */
export const valueAt = (tree: unknown, pointer: string): unknown =>
  keysOf(pointer).reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), tree);

/** What an element of a list is called: its name, else its type, else its index. */
function nameOf(value: unknown, index: string): string {
  const { name, type } = isObject(value) ? value : {};
  if (typeof name === 'string') return name;
  return typeof type === 'string' ? type : index;
}

/** The words that lead from a value into it, with the keys they stand for. Indexes always do. */
function stepsFrom(value: unknown): [word: string, key: string][] {
  if (!isObject(value)) return [];
  if (!Array.isArray(value)) return Object.keys(value).map((key) => [key, key]);
  const elements = value.map((element: unknown, index) => [nameOf(element, String(index)), String(index)] as const);
  // A name that two elements have means the first of them.
  return [...new Map([...elements].reverse()), ...elements.map(([, index]) => [index, index] as const)].map(
    ([word, key]) => [word, key],
  );
}

/** Follows names that dots separate; a name may itself contain dots, the longest one wins. */
function byNames(tree: unknown, path: string): Found {
  let pointer = '';
  let rest = path.replaceAll(/\[(\w+)\]/g, '.$1').replace(/^\./, '');
  while (rest !== '') {
    const value = valueAt(tree, pointer);
    // A stream can be named as it is.
    const streams =
      pointer === ''
        ? stepsFrom(valueAt(tree, '/streams')).map(([word, key]) => [word, `streams/${key}`] as const)
        : [];
    const steps = [...stepsFrom(value), ...streams];
    const fitting = steps.filter(([word]) => rest === word || rest.startsWith(`${word}.`));
    const [step] = fitting.toSorted(([a], [b]) => b.length - a.length);
    if (!step)
      return {
        problem: nothingAt(
          rest.split('.')[0] ?? rest,
          pointer,
          tree,
          steps.map(([word]) => word),
        ),
      };
    pointer = step[1].startsWith('streams/') && pointer === '' ? `/${step[1]}` : pointerTo(pointer, step[1]);
    rest = rest.slice(step[0].length + 1);
  }
  return { pointer, uses: 1 };
}

function nothingAt(word: string, pointer: string, tree: unknown, words: readonly string[]): string {
  const where = pointer === '' ? 'the manifest' : namesOf(tree, pointer);
  const known = [...new Set(words)].filter((name) => !/^\d+$/.test(name));
  const hint =
    didYouMean(word, known) ??
    (known.length > 0
      ? `There is ${known
          .slice(0, 20)
          .map((name) => `"${name}"`)
          .join(', ')}.`
      : '');
  return `there is no "${word}" in ${where}. ${hint}`.trim();
}

function byPointer(tree: unknown, pointer: string): Found {
  let at = '';
  for (const key of keysOf(pointer)) {
    const value = valueAt(tree, at);
    if (!isObject(value) || !(key in value)) {
      return { problem: nothingAt(key, at, tree, isObject(value) ? Object.keys(value) : []) };
    }
    at = pointerTo(at, key);
  }
  return { pointer: at, uses: 1 };
}

/** A value of the tree that is written in the asked file. */
interface Written {
  readonly pointer: string;
  readonly offset: number;
}

/** Everything that is written in a file, with all the places where it is used. */
function writtenIn(file: SourceFile, origins: Origins): Written[] {
  const found: Written[] = [];
  const root = origins.get('');
  function collect({ key, value, inside }: Origin, pointer: string): void {
    const spot = key ?? value;
    if (spot.file === file) found.push({ pointer, offset: spot.offset });
    for (const [name, child] of inside?.() ?? []) collect(child, pointerTo(pointer, name));
  }
  if (root) collect(root, '');
  return found;
}

/** The innermost value at a column of a line, or the outermost that begins on the line; else what the line belongs to. */
function byLine({ origins, sources }: Resolved, name: string, line: number, column: number | undefined): Found {
  const file = sources.find((source) => source.name === name || source.path.endsWith(`/${name.replace(/^\.\//, '')}`));
  if (!file) {
    const names = sources.map((source) => source.name);
    return { problem: `the manifest does not refer to a file "${name}". ${didYouMean(name, names) ?? ''}`.trim() };
  }
  const lines = file.text.split('\n');
  if (line < 1 || line > lines.length) return { problem: `${name} has ${lines.length} lines, no line ${line}` };
  const begin = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
  const end = begin + (lines[line - 1]?.length ?? 0);
  const written = writtenIn(file, origins);
  const onLine = written.filter(({ offset }) => offset >= begin && offset <= end);
  const before = written.filter(({ offset }) => offset <= (column === undefined ? end : begin + column - 1));
  const isOutermost = column === undefined && onLine.length > 0;
  const offsets = (isOutermost ? onLine : before).map(({ offset }) => offset);
  if (offsets.length === 0) return { problem: `nothing that the manifest uses stands at ${name}:${line}` };
  const offset = isOutermost ? Math.min(...offsets) : Math.max(...offsets);
  const used = written.filter((one) => one.offset === offset);
  // Where it is used says more than where it is defined.
  const uses = used.filter(({ pointer }) => !pointer.startsWith('/definitions/'));
  const candidates = uses.length > 0 ? uses : used;
  const depths = candidates.map(({ pointer }) => keysOf(pointer).length);
  const depth = isOutermost ? Math.min(...depths) : Math.max(...depths);
  const pointer = candidates.find((one) => keysOf(one.pointer).length === depth)?.pointer ?? '';
  return { pointer, uses: depths.filter((one) => one === depth).length };
}

/** Finds what `/streams/0`, `streams.cards.retriever` or `streams/cards.yaml:12:5` means. */
export function findPlace(path: string, resolved: Resolved): Found {
  const place = /^(?<file>.+\.(?:ya?ml|json)):(?<line>\d+)(?::(?<column>\d+))?$/.exec(path)?.groups;
  if (place) {
    const column = place['column'] === undefined ? undefined : Number(place['column']);
    return byLine(resolved, place['file'] ?? '', Number(place['line']), column);
  }
  const pointer = path.replace(/^#/, '');
  return pointer === '' || pointer.startsWith('/') ? byPointer(resolved.tree, pointer) : byNames(resolved.tree, path);
}

/** A pointer in words: `streams.cards.retriever`. */
export function namesOf(tree: unknown, pointer: string): string {
  let at = '';
  const words = keysOf(pointer).map((key) => {
    const holder = valueAt(tree, at);
    at = pointerTo(at, key);
    if (!Array.isArray(holder)) return key;
    const name = nameOf(valueAt(tree, at), key);
    return stepsFrom(holder).find(([word]) => word === name)?.[1] === key ? name : key;
  });
  return words.join('.');
}
