// nunjucks made to behave as Jinja does with Python values. The only file that touches nunjucks' insides.
import nunjucks from 'nunjucks';
import { add, isEqual, isTruthy, member, modulo, multiply, pythonText, slice, subtract } from './python.ts';

/** A node of nunjucks' syntax tree, as far as it is looked at here. Lines and columns count from 0. */
export interface SyntaxNode {
  readonly typename: string;
  readonly fields: readonly string[];
  readonly lineno: number;
  readonly colno: number;
  readonly children?: SyntaxNode[];
  readonly value?: unknown;
  readonly [field: string]: unknown;
}

interface Compiler {
  compile(node: unknown, frame: unknown): void;
  _emit(code: string): void;
}
type CompileMethod = (this: Compiler, node: SyntaxNode, frame: unknown) => void;

/** Reads a template letter by letter. */
interface Tokenizer {
  current(): string;
  forward(): void;
  isFinished(): boolean;
  _parseString(this: Tokenizer, delimiter: string): string;
}

/** nunjucks exports these, its type definitions leave them out. */
interface Internals {
  lexer: { lex(source: string): Tokenizer };
  parser: { parse(source: string): SyntaxNode };
  compiler: { Compiler: { prototype: Record<string, CompileMethod> } };
  nodes: { Not: new (line: number, column: number, target: unknown) => SyntaxNode };
  runtime: Record<string, unknown>;
  installJinjaCompat(): void;
}
const { parser, compiler, nodes, runtime, lexer, ...rest } = nunjucks as unknown as Internals;
rest.installJinjaCompat.call(nunjucks);
const { Frame, inOperator } = runtime as {
  Frame: new () => unknown;
  inOperator: (value: unknown, container: unknown) => boolean;
};

/** `value in container`: an element of a list, a part of text, a key of a dictionary. Throws for anything else. */
export const isIn = inOperator;

const escapes: Readonly<Record<string, string>> = {
  ...{ n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', a: '\x07' },
  ...{ '\\': '\\', "'": "'", '"': '"', '\n': '' },
};

/** The text that a literal of Python stands for; a backslash before another letter stays, as regular expressions need it. */
function unescaped(literal: string): string {
  return literal.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|([0-7]{1,3})|([^]))/g,
    (all, hex?: string, unicode?: string, octal?: string, letter?: string) =>
      letter === undefined
        ? String.fromCharCode(octal === undefined ? parseInt(hex ?? unicode ?? '', 16) : parseInt(octal, 8))
        : (escapes[letter] ?? all),
  );
}

const tokenizer = Object.getPrototypeOf(lexer.lex('')) as Tokenizer;
tokenizer._parseString = function (delimiter) {
  let literal = '';
  for (this.forward(); !this.isFinished() && this.current() !== delimiter; this.forward()) {
    const letter = this.current();
    literal += letter;
    if (letter !== '\\') continue;
    this.forward();
    literal += this.current();
  }
  this.forward();
  return unescaped(literal);
};

/** What compares two values, by its operator. */
export const comparisons: Readonly<Record<string, (left: unknown, right: unknown) => boolean>> = {
  '==': isEqual,
  '!=': (left, right) => !isEqual(left, right),
  '<': (left, right) => (left as number) < (right as number),
  '>': (left, right) => (left as number) > (right as number),
  '<=': (left, right) => (left as number) <= (right as number),
  '>=': (left, right) => (left as number) >= (right as number),
};

Object.assign(runtime, {
  // Slices come with a start, a stop and a step instead of a name.
  memberLookup: (value: unknown, name: unknown, ...stopAndStep: unknown[]) =>
    stopAndStep.length === 0 ? member(value, name) : slice(value, name, ...stopAndStep),
  suppressValue: pythonText,
  add,
  subtract,
  multiply,
  modulo,
  concatenate: (left: unknown, right: unknown) => pythonText(left) + pythonText(right),
  isTruthy,
  and: (left: unknown, right: () => unknown) => (isTruthy(left) ? right() : left),
  or: (left: unknown, right: () => unknown) => (isTruthy(left) ? left : right()),
  compare: (left: unknown, operator: string, right: unknown) => comparisons[operator]?.(left, right) ?? false,
});

const methods = compiler.Compiler.prototype;

/** A method that compiles `a op b` to a call of a runtime function. */
const binary = (name: string, isLazy = false): CompileMethod =>
  function (node, frame) {
    this._emit(`runtime.${name}(`);
    this.compile(node['left'], frame);
    this._emit(isLazy ? ',function(){return ' : ',');
    this.compile(node['right'], frame);
    this._emit(isLazy ? '})' : ')');
  };

methods['compileAdd'] = binary('add');
methods['compileSub'] = binary('subtract');
methods['compileMul'] = binary('multiply');
methods['compileMod'] = binary('modulo');
methods['compileConcat'] = binary('concatenate');
methods['compileAnd'] = binary('and', true);
methods['compileOr'] = binary('or', true);
methods['compileNot'] = function (node, frame) {
  this._emit('!runtime.isTruthy(');
  this.compile(node['target'], frame);
  this._emit(')');
};
methods['compileCompare'] = function (node, frame) {
  const operands = node['ops'] as { type: string; expr: unknown }[];
  this._emit('runtime.compare('.repeat(operands.length));
  this.compile(node['expr'], frame);
  for (const { type, expr } of operands) {
    this._emit(`,${JSON.stringify(type)},`);
    this.compile(expr, frame);
    this._emit(')');
  }
};
// `if x` asks Python's truth of x: not not x.
for (const name of ['compileIf', 'compileInlineIf']) {
  const original = methods[name] as CompileMethod;
  methods[name] = function (node, frame) {
    const not = (target: unknown): SyntaxNode => new nodes.Not(node.lineno, node.colno, target);
    const cond = not(not(node['cond']));
    original.call(this, Object.assign(Object.create(node) as SyntaxNode, { cond }), frame);
  };
}

/** The syntax tree of a template. Throws nunjucks' TemplateError, which knows its line and column. */
export function parseJinja(source: string): SyntaxNode {
  return parser.parse(source);
}

/** Tests of Jinja that nunjucks lacks: `is false`, `is integer`. */
const tests: Readonly<Record<string, (value: unknown) => boolean>> = {
  true: (value) => value === true,
  false: (value) => value === false,
  boolean: (value) => typeof value === 'boolean',
  integer: (value) => Number.isInteger(value),
  sequence: (value) => Array.isArray(value) || typeof value === 'string',
};

/** An environment of nunjucks, with the functions that templates may name. */
export interface Environment extends nunjucks.Environment {
  readonly filters: Record<string, (...args: unknown[]) => unknown>;
  readonly tests: Record<string, (...args: unknown[]) => unknown>;
  readonly globals: Record<string, unknown>;
}

/** An environment without a loader: nothing can be included or imported. */
export function createEnvironment(): Environment {
  // Its type definitions leave these names out.
  const environment = new nunjucks.Environment([], { autoescape: false }) as Environment;
  Object.assign(environment.tests, tests);
  return environment;
}

/** Compiles at once; nunjucks compiles lazily otherwise. */
export function compileJinja(source: string, environment: nunjucks.Environment): nunjucks.Template {
  return new nunjucks.Template(source, environment, undefined, true);
}

/** What a compiled template is called with: nothing else of it is needed by a single expression. */
type Root = (
  environment: unknown,
  context: object,
  frame: unknown,
  runtime: unknown,
  done: (error?: Error) => void,
) => void;

const rethrow = (error?: Error): void => {
  if (error) throw error;
};

/**
 * Runs a template that is one expression, faster than `render`, which copies all variables into a new context. Names are asked
 * of `lookup`, then of the environment's globals. Throws what the expression throws.
 */
export function runExpression(
  template: nunjucks.Template,
  environment: Environment,
  lookup: (name: string) => unknown,
): void {
  const { rootRenderFunc } = template as unknown as { rootRenderFunc: Root };
  const { globals } = environment;
  const context = {
    env: environment,
    lookup(name: string) {
      const value = lookup(name);
      return value === undefined ? globals[name] : value;
    },
  };
  rootRenderFunc(environment, context, new Frame(), runtime, rethrow);
}
