// Definitions that no reference leads to. What is used only by an unused definition is unused too, and told after that one is gone.
import { isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { pathFrom, type SourceFile } from '../load.ts';
import type { Check } from './check.ts';

const SECTIONS = ['definitions', 'schemas'];

/** A definition, and everything that it refers to: paths from the root of the manifest, and names of anchors. */
interface Definition {
  readonly path: string;
  readonly file: SourceFile;
  readonly pair: Pair;
}

interface Uses {
  readonly paths: Set<string>;
  readonly aliases: Set<string>;
  readonly anchors: Set<string>;
}

const keyOf = ({ key }: Pair): string => String(isScalar(key) ? key.value : key);

const childrenOf = ({ value }: Pair): Pair[] => (isMap(value) ? value.items : []);

/** What a node refers to, in a file of the manifest `root`. */
function usesOf(node: unknown, file: SourceFile, root: SourceFile, uses: Uses): Uses {
  if (isAlias(node)) uses.aliases.add(node.source);
  else if (isNode(node) && 'anchor' in node && typeof node.anchor === 'string') uses.anchors.add(node.anchor);
  if (isSeq(node)) for (const item of node.items) usesOf(item, file, root, uses);
  if (isMap(node)) for (const { value } of node.items) usesOf(value, file, root, uses);
  if (!isScalar(node) || typeof node.value !== 'string' || !node.value.includes('#/')) return uses;
  const [path = '', fragment = ''] = node.value.split('#/');
  if (path === '' || pathFrom(file, path) === root.path) uses.paths.add(fragment);
  return uses;
}

const nothing = (): Uses => ({ paths: new Set(), aliases: new Set(), anchors: new Set() });

/** The definitions below a node: it is one itself, unless it only holds others. */
function definitionsIn(pair: Pair, path: string, file: SourceFile, referred: ReadonlySet<string>): Definition[] {
  const { value } = pair;
  const holdsOthers =
    isMap(value) &&
    value.items.length > 0 &&
    value.anchor === undefined &&
    !referred.has(path) &&
    value.items.every((item) => isMap(item.value)) &&
    !['type', '$ref', '$parameters'].some((key) => value.has(key));
  if (!holdsOthers) return [{ path, file, pair }];
  return childrenOf(pair).flatMap((item) => definitionsIn(item, `${path}/${keyOf(item)}`, file, referred));
}

const isWithin = (path: string, other: string): boolean => path === other || path.startsWith(`${other}/`);

export const unusedDefinitions: Check = {
  problems: {
    'unused-definition': {
      severity: 'warning',
      summary: 'A definition that no reference leads to.',
      help: 'It has no effect, and nobody looks whether it is right. Refer to it, or take it away.',
    },
  },
  *find({ sources }) {
    const [root, ...others] = sources;
    if (!root || !isMap(root.document.contents)) return;
    const pairs = root.document.contents.items;
    const isSection = (pair: Pair): boolean => SECTIONS.includes(keyOf(pair)) && isMap(pair.value);
    const all = usesOf(root.document.contents, root, root, nothing());
    // What is not a definition is used; so is what the other files refer to.
    const start = nothing();
    for (const pair of pairs) if (!isSection(pair)) usesOf(pair.value, root, root, start);
    for (const file of others) {
      if (file.plain !== undefined) continue;
      for (const uses of [start, all]) usesOf(file.document.contents, file, root, uses);
    }
    const definitions = pairs
      .filter(isSection)
      .flatMap((section) => childrenOf(section).map((pair) => ({ pair, path: `${keyOf(section)}/${keyOf(pair)}` })))
      .flatMap(({ pair, path }) => definitionsIn(pair, path, root, all.paths))
      .map((definition) => ({ ...definition, uses: usesOf(definition.pair.value, root, root, nothing()) }));

    const used = new Set<Definition>();
    for (let uses: Uses[] = [start]; uses.length > 0;) {
      const next = definitions.filter(
        (definition) =>
          !used.has(definition) &&
          uses.some(
            ({ paths, aliases }) =>
              [...paths].some((path) => isWithin(path, definition.path) || isWithin(definition.path, path)) ||
              [...aliases].some((alias) => definition.uses.anchors.has(alias)),
          ),
      );
      for (const definition of next) used.add(definition);
      uses = next.map((definition) => definition.uses);
    }
    const missing = definitions.filter((definition) => !used.has(definition));
    for (const { path, file, pair } of missing) {
      const offset = (pair.key as Node).range?.[0] ?? 0;
      const name = path.split('/').slice(1).join('/');
      yield {
        code: 'unused-definition',
        place: file.place(offset),
        message: `nothing refers to the definition "${name}"`,
      };
    }
  },
};
