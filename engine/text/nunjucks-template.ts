// Templates as nunjucks renders them, with the filters and macros of the language.
import type { Expression, Names } from './expression.ts';
import { filters } from './filters.ts';
import {
  compileJinja,
  createEnvironment,
  type Environment,
  parseJinja,
  runExpression,
  type SyntaxNode,
} from './jinja.ts';
import { macros, type Now } from './macros.ts';

const environments = new Map<Now, Environment>();
let captured: unknown;

/** With the filters and macros of the language; `now` is the clock of the macros. */
export function environmentFor(now: Now): Environment {
  let environment = environments.get(now);
  if (!environment) {
    environment = createEnvironment();
    for (const [name, filter] of Object.entries(filters)) environment.addFilter(name, filter);
    for (const [name, macro] of Object.entries(macros(now))) environment.addGlobal(name, macro);
    environment.addFilter('__capture', (value: unknown) => {
      captured = value;
      return '';
    });
    environments.set(now, environment);
  }
  return environment;
}

const BARE = /^\{\{-?([^]*?)-?\}\}$/;

/** True when its value is that of its expression, if that is all it prints. */
export const isBare = (source: string): boolean => BARE.test(source);

/** What a template prints, in its order. Undefined when it has statements. */
export function outputsOf(source: string): SyntaxNode[] | undefined {
  const { children = [] } = parseJinja(source);
  if (!children.every(({ typename }) => typename === 'Output')) return undefined;
  return children.flatMap((output) => output.children ?? []);
}

/** What nunjucks makes of a template: it knows statements too, and says where in the template an error is. */
export function renderedByNunjucks(source: string, { constants, environment }: Names): Expression {
  const [, expression] = BARE.exec(source) ?? [];
  if (expression === undefined || outputsOf(source)?.length !== 1) {
    const template = compileJinja(source, environment);
    return (variables) => template.render({ ...constants, ...variables });
  }
  const template = compileJinja(`{{ (${expression}) | __capture }}`, environment);
  return (variables) => {
    captured = undefined;
    runExpression(template, environment, (name) => {
      const values = Object.hasOwn(variables, name) ? variables : constants;
      return Object.hasOwn(values, name) ? values[name] : undefined;
    });
    return captured;
  };
}
