// Templates: Jinja text of the manifest, compiled once and rendered many times. Only manifest text is ever a template; config
// values, records and replies are values put in.
import { compileExpression, type Expression, type Names, type Variables } from './expression.ts';
import { isJsonObject } from './json.ts';
import type { Now } from './macros.ts';
import { environmentFor, isBare, outputsOf, renderedByNunjucks } from './nunjucks-template.ts';
import { isTruthy, pythonText } from './python.ts';
import { isTemplateText } from './template-text.ts';

export type { Variables } from './expression.ts';

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

/** A template of texts and expressions as a function. Undefined when only nunjucks can render it, or tell what is wrong with it. */
function compileOutputs(source: string, names: Names): Expression | undefined {
  try {
    const outputs = outputsOf(source);
    const parts = outputs?.map((node) =>
      node.typename === 'TemplateData' ? () => node.value : compileExpression(node, names),
    );
    const [only] = parts ?? [];
    if (parts?.length === 1 && isBare(source)) return only;
    return parts && ((variables) => parts.map((part) => pythonText(part(variables))).join(''));
  } catch {
    return undefined;
  }
}

/** Compiles on first use: a verb that renders nothing pays nothing. */
function lazily(compile: () => Expression): Expression {
  let render: Expression | undefined;
  return (variables) => (render ??= compile())(variables);
}

function compileText(text: string, constants: Variables, now: Now): Expression {
  // As in Jinja, a line break at the end is not part of the template.
  const source = text.replace(/\n$/, '');
  return lazily(() => {
    const names = { constants, environment: environmentFor(now) };
    const byNunjucks = lazily(() => renderedByNunjucks(source, names));
    const render = compileOutputs(source, names);
    if (!render) return byNunjucks;
    return (variables) => {
      try {
        return render(variables);
      } catch {
        return byNunjucks(variables);
      }
    };
  });
}

function compileValue(value: unknown, constants: Variables, now: Now): Expression | undefined {
  if (typeof value === 'string') return isTemplateText(value) ? compileText(value, constants, now) : undefined;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => compileValue(item, constants, now) ?? (() => item));
    return (variables) => items.map((render) => render(variables));
  }
  if (!isJsonObject(value)) return undefined;
  const entries = Object.entries(value).map(([key, item]): [Expression, Expression] => [
    compileValue(key, constants, now) ?? (() => key),
    compileValue(item, constants, now) ?? (() => item),
  ]);
  return (variables) => Object.fromEntries(entries.map(([key, item]) => [pythonText(key(variables)), item(variables)]));
}

/** Compiles a text, or a structure whose keys and texts are templates. Syntax errors show on the first rendering. */
export function compileTemplate(source: unknown, { constants = {}, now = Date.now }: TemplateOptions = {}): Template {
  const compiled = compileValue(source, constants, now);
  const render = (variables: Variables = {}): unknown => (compiled ? compiled(variables) : source);
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
