// Definitions that no reference leads to. What is used only by an unused definition is unused too, and told after that one is gone.
import { pathFrom, type SourceFile } from '../load.ts';
import type { Located } from '../located.ts';
import type { SourceNode, SourcePair } from '../source-node.ts';
import type { Check } from './check.ts';

const SECTIONS = ['definitions', 'schemas'];

/** What is referred to: paths from the root of the manifest, and names of anchors; and the anchors that stand there. */
interface Uses {
  readonly paths: Set<string>;
  readonly aliases: Set<string>;
  readonly anchors: Set<string>;
}

interface Definition {
  /** From the root of the manifest. */
  readonly path: string;
  readonly pair: SourcePair;
  readonly uses: Uses;
}

/** What nodes refer to in the manifest `root`. */
function usesOf(nodes: readonly Located[], root: SourceFile): Uses {
  const uses: Uses = { paths: new Set(), aliases: new Set(), anchors: new Set() };
  function visit(node: SourceNode | null, file: SourceFile): void {
    if (node === null) return;
    if (node.anchor !== undefined) uses.anchors.add(node.anchor);
    if ('alias' in node) uses.aliases.add(node.alias);
    else if ('items' in node) for (const item of node.items) visit(item, file);
    else if ('pairs' in node) for (const { value } of node.pairs) visit(value, file);
    else if (typeof node.value === 'string' && node.value.includes('#/')) {
      const [path = '', fragment = ''] = node.value.split('#/');
      if (path === '' || pathFrom(file, path) === root.path) uses.paths.add(fragment);
    }
  }
  for (const { node, file } of nodes) visit(node, file);
  return uses;
}

const pairsIn = (node: SourceNode | null): readonly SourcePair[] =>
  node !== null && 'pairs' in node ? node.pairs : [];

const isMap = (node: SourceNode | null): boolean => node !== null && 'pairs' in node;

/** The definitions below a pair: it is one itself, unless it only holds others. */
function definitionsIn(pair: SourcePair, path: string, referred: ReadonlySet<string>): Omit<Definition, 'uses'>[] {
  const inner = pairsIn(pair.value);
  const holdsOthers =
    inner.length > 0 &&
    pair.value?.anchor === undefined &&
    !referred.has(path) &&
    inner.every(({ key, value }) => isMap(value) && !['type', '$ref', '$parameters'].includes(key));
  if (!holdsOthers) return [{ path, pair }];
  return inner.flatMap((item) => definitionsIn(item, `${path}/${item.key}`, referred));
}

/** A path and those that it is in. */
const holders = (path: string): string[] => {
  const keys = path.split('/');
  return keys.map((_key, index) => keys.slice(0, index + 1).join('/'));
};

/** Those of the definitions that are referred to, whole or in part. */
function usedBy({ paths, aliases }: Uses, definitions: readonly Definition[]): Definition[] {
  const used = new Set([...paths].flatMap(holders));
  return definitions.filter(
    ({ path, uses }) =>
      used.has(path) ||
      holders(path).some((holder) => paths.has(holder)) ||
      [...aliases].some((alias) => uses.anchors.has(alias)),
  );
}

export const unusedDefinitions: Check = {
  problems: {
    'unused-definition': {
      severity: 'warning',
      summary: 'A definition that no reference leads to.',
      help: 'It has no effect, and nobody looks whether it is right. Refer to it, or take it away.',
    },
  },
  *find({ sources }) {
    const [root, ...files] = sources;
    if (!root) return;
    const pairs = pairsIn(root.contents);
    const isSection = ({ key, value }: SourcePair): boolean => SECTIONS.includes(key) && isMap(value);
    const located = ({ value }: SourcePair): Located => ({ node: value, file: root });
    const others = files.filter(({ plain }) => plain === undefined).map((file) => ({ node: file.contents, file }));
    // What is not a definition is used; so is what the other files refer to.
    const start = usesOf([...pairs.filter((pair) => !isSection(pair)).map(located), ...others], root);
    const sections = pairs.filter(isSection);
    const referred = new Set([...start.paths, ...usesOf(sections.map(located), root).paths]);
    let missing = sections
      .flatMap(({ key, value }) => pairsIn(value).map((pair) => ({ pair, path: `${key}/${pair.key}` })))
      .flatMap(({ pair, path }) => definitionsIn(pair, path, referred))
      .map((definition) => ({ ...definition, uses: usesOf([located(definition.pair)], root) }));
    for (let uses = [start]; uses.length > 0;) {
      const used = new Set(uses.flatMap((one) => usedBy(one, missing)));
      missing = missing.filter((definition) => !used.has(definition));
      uses = [...used].map((definition) => definition.uses);
    }
    for (const { path, pair } of missing) {
      const name = path.split('/').slice(1).join('/');
      yield {
        code: 'unused-definition',
        place: root.place(pair.at),
        message: `nothing refers to the definition "${name}"`,
      };
    }
  },
};
