// What is wrong with a template before it is ever rendered: syntax, names its place does not have, filters and tests that do not exist.
import { filters } from './filters.ts';
import { createEnvironment, parseJinja, type SyntaxNode } from './jinja.ts';
import { macros } from './macros.ts';

export interface TemplateProblem {
  readonly code: 'template-syntax' | 'template-name' | 'template-filter';
  readonly message: string;
  /** The word that is wrong, and the words that would do, for a "did you mean". */
  readonly word?: string;
  readonly candidates?: readonly string[];
  /** Place in the template, counted from 0. */
  readonly line: number;
  readonly column: number;
}

/** What nunjucks' type definitions leave out. */
interface Names {
  filters: Record<string, unknown>;
  tests: Record<string, unknown>;
}
const { filters: builtinFilters, tests } = createEnvironment() as unknown as Names;
const filterNames = [...Object.keys(filters), ...Object.keys(builtinFilters)];
const builtins = ['True', 'False', 'None', 'true', 'false', 'none', 'loop', 'range', 'cycler', 'joiner', 'caller'];
const functionNames = [...Object.keys(macros(Date.now)), ...builtins];

const asNode = (value: unknown): SyntaxNode => value as SyntaxNode;

/** The names that `{% set %}`, `{% for %}` and macro arguments bind anywhere in the template. */
function boundNames(node: SyntaxNode): string[] {
  const names: string[] = [];
  const collect = (target: SyntaxNode): void => {
    if (target.typename === 'Symbol') names.push(String(target.value));
    target.children?.forEach(collect);
  };
  visit(node, (child) => {
    if (child.typename === 'For') collect(asNode(child['name']));
    if (child.typename === 'Set') (child['targets'] as SyntaxNode[]).forEach(collect);
    if (child.typename === 'Macro' || child.typename === 'Caller') {
      collect(asNode(child['name']));
      collect(asNode(child['args']));
    }
  });
  return names;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'typename' in value;
}

/** Calls back for every node, parents first; names that are no variables (keys, filters, tests) are left out. */
function visit(node: SyntaxNode, seen: (node: SyntaxNode) => void): void {
  seen(node);
  for (const field of node.fields) {
    const isName =
      (field === 'name' && node.typename === 'Filter') ||
      (field === 'right' && node.typename === 'Is') ||
      (field === 'key' && node.typename === 'Pair');
    const child = node[field];
    if (isName && isNode(child)) {
      if (child.typename === 'FunCall') visit(asNode(child['args']), seen);
      continue;
    }
    for (const item of Array.isArray(child) ? (child as unknown[]) : [child]) if (isNode(item)) visit(item, seen);
  }
}

const placeOf = ({ lineno, colno }: SyntaxNode) => ({ line: lineno, column: colno });

function problemOf(node: SyntaxNode, names: ReadonlySet<string>, variables: readonly string[]): TemplateProblem[] {
  if (node.typename === 'Symbol' && !names.has(String(node.value))) {
    const word = String(node.value);
    const message = `there is no "${word}" here; a template in this place knows ${variables.join(', ')}`;
    return [{ code: 'template-name', message, word, candidates: [...variables, ...functionNames], ...placeOf(node) }];
  }
  const isFilter = node.typename === 'Filter';
  if (!isFilter && node.typename !== 'Is') return [];
  const named = asNode(isFilter ? node['name'] : node['right']);
  const word = String((isNode(named['name']) ? named['name'] : named).value);
  const candidates = isFilter ? filterNames : Object.keys(tests);
  if (candidates.includes(word)) return [];
  const message = `there is no ${isFilter ? 'filter' : 'test'} "${word}"`;
  return [{ code: 'template-filter', message, word, candidates, ...placeOf(named) }];
}

/** All problems of a text as a template of a place that has these variables; none for text that is no template. */
export function templateProblems(source: string, variables: readonly string[]): TemplateProblem[] {
  if (!/\{\{|\{%|\{#/.test(source)) return [];
  let root: SyntaxNode;
  try {
    root = parseJinja(source);
  } catch (thrown) {
    const { message, lineno = 1, colno = 1 } = thrown as { message: string; lineno?: number; colno?: number };
    const what = message
      .replace(/^\(unknown path\)\s*(\[Line \d+, Column \d+\])?\s*/, '')
      .trim()
      .replace(/^parse\w+:\s*/, '');
    return [
      { code: 'template-syntax', message: `the template does not parse: ${what}`, line: lineno - 1, column: colno - 1 },
    ];
  }
  const names = new Set([...variables, ...functionNames, ...boundNames(root)]);
  const problems: TemplateProblem[] = [];
  visit(root, (node) => problems.push(...problemOf(node, names, variables)));
  return problems;
}
