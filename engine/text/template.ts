// Templates: Jinja text of the manifest, compiled once and rendered many times. Only manifest text is ever a template; config
// values, records and replies are values put in.
import { filters } from './filters.ts';
import { compileJinja, createEnvironment, parseJinja, runExpression } from './jinja.ts';
import { isJsonObject } from './json.ts';
import { macros, type Now } from './macros.ts';
import { isTruthy, pythonText } from './python.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** A text or structure of the manifest, ready to be rendered. */
export interface Template {
  /** True when it has no template in it: what is rendered is what is written. */
  readonly isConstant: boolean;
  /** True when the name of a variable stands in it. */
  readonly mentions: (name: string) => boolean;
  /** The value. A template that is one bare expression keeps the type of its value; others give text. */
  render(variables?: Variables): unknown;
  /** The value as text, as Python prints it. */
  text(variables?: Variables): string;
  /** The value as a condition: `False`, `0`, `{}`, `[]` and empty text are false even as text. */
  isTrue(variables?: Variables): boolean;
}

export interface TemplateOptions {
  /** Variables that never change: config, parameters. */
  constants?: Variables;
  /** The clock of `now_utc()` and its like. */
  now?: Now;
}

/** Text that means false in a condition (CDK interpolated_boolean.py). */
const falseTexts = new Set(['False', 'false', '{}', '[]', '()', '', '0', '0.0', 'None']);

export const isTemplateText = (text: string): boolean =>
  text.includes('{{') || text.includes('{%') || text.includes('{#');

type Render = (variables: Variables, constants: Variables) => unknown;

const environments = new Map<Now, ReturnType<typeof createEnvironment>>();
let captured: unknown;

function environmentFor(now: Now): ReturnType<typeof createEnvironment> {
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

/** The one expression that a template consists of, as text; undefined when there is more to it. */
function bareExpression(source: string): string | undefined {
  const match = /^\{\{-?([^]*?)-?\}\}\n?$/.exec(source);
  const root = match && parseJinja(source);
  const outputs = root?.children?.flatMap(({ children = [] }) => children) ?? [];
  const values = outputs.filter((node) => node.typename !== 'TemplateData' || node.value !== '\n');
  return match && root?.children?.every(({ typename }) => typename === 'Output') && values.length === 1
    ? match[1]
    : undefined;
}

function compileText(source: string, now: Now): Render {
  const environment = environmentFor(now);
  const expression = bareExpression(source);
  if (expression === undefined) {
    const template = compileJinja(source.replace(/\n$/, ''), environment);
    return (variables, constants) => template.render({ ...constants, ...variables });
  }
  const template = compileJinja(`{{ (${expression}) | __capture }}`, environment);
  return (variables, constants) => {
    captured = undefined;
    runExpression(template, environment, (name) => {
      const values = Object.hasOwn(variables, name) ? variables : constants;
      return Object.hasOwn(values, name) ? values[name] : undefined;
    });
    return captured;
  };
}

/** Compiles on first use: a verb that renders nothing pays nothing. */
function lazily(source: string, now: Now): Render {
  let render: Render | undefined;
  return (variables, constants) => (render ??= compileText(source, now))(variables, constants);
}

function compileValue(value: unknown, now: Now): Render | undefined {
  if (typeof value === 'string') return isTemplateText(value) ? lazily(value, now) : undefined;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => compileValue(item, now) ?? (() => item));
    return (variables, constants) => items.map((render) => render(variables, constants));
  }
  if (!isJsonObject(value)) return undefined;
  const entries = Object.entries(value).map(([key, item]): [Render, Render] => [
    compileValue(key, now) ?? (() => key),
    compileValue(item, now) ?? (() => item),
  ]);
  return (variables, constants) =>
    Object.fromEntries(
      entries.map(([key, item]) => [pythonText(key(variables, constants)), item(variables, constants)]),
    );
}

/** Compiles a text, or a structure whose keys and texts are templates. Syntax errors show on the first rendering. */
export function compileTemplate(source: unknown, { constants = {}, now = Date.now }: TemplateOptions = {}): Template {
  const compiled = compileValue(source, now);
  const render = (variables: Variables = {}): unknown => (compiled ? compiled(variables, constants) : source);
  return {
    isConstant: compiled === undefined,
    mentions: (name) => compiled !== undefined && new RegExp(`\\b${name}\\b`).test(JSON.stringify(source)),
    render,
    text: (variables) => pythonText(render(variables)),
    isTrue(variables) {
      const value = render(variables);
      return typeof value === 'string' ? !falseTexts.has(value) : isTruthy(value);
    },
  };
}
