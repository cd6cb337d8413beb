// Expressions of templates as plain functions, made of nunjucks' syntax tree: about twice as fast as what nunjucks makes of it, for
// what is rendered once for each record. Where they throw, nunjucks renders the template again and says where in it that was.
import { comparisons, type Environment, isIn, type SyntaxNode } from './jinja.ts';
import { add, isTruthy, member, modulo, multiply, pythonText, slice, subtract } from './python.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** Gives the value of an expression. */
export type Expression = (variables: Variables) => unknown;

/** Where the names of an expression come from that are no variables. */
export interface Names {
  readonly constants: Variables;
  readonly environment: Environment;
}

type Compile = (node: SyntaxNode, names: Names) => Expression;
type Callable = (...args: unknown[]) => unknown;

/** The expression in a field of a node. */
const inside = (node: SyntaxNode, field: string, names: Names): Expression =>
  compileExpression(node[field] as SyntaxNode, names);

const unary =
  (operate: (value: unknown) => unknown): Compile =>
  (node, names) => {
    const target = inside(node, 'target', names);
    return (variables) => operate(target(variables));
  };

const binary =
  (operate: (left: unknown, right: unknown) => unknown): Compile =>
  (node, names) => {
    const left = inside(node, 'left', names);
    const right = inside(node, 'right', names);
    return (variables) => operate(left(variables), right(variables));
  };

function list({ children = [] }: SyntaxNode, names: Names): Expression[] {
  return children.map((node) => compileExpression(node, names));
}

/** Calls a function of the template with what stands in its brackets. */
function call(args: readonly Expression[], { environment }: Names) {
  const context = { env: environment };
  const [first, second] = args;
  return (callee: Callable, variables: Variables): unknown => {
    // Most have one argument or none: an array for each call would cost more than the call.
    if (!first) return callee.call(context);
    if (!second) return callee.call(context, first(variables));
    return callee.apply(
      context,
      args.map((argument) => argument(variables)),
    );
  };
}

/** A filter or test; nunjucks says that there is none each time it renders. */
function known(callables: Readonly<Record<string, Callable>>, name: string): Callable {
  return (Object.hasOwn(callables, name) ? callables[name] : undefined) ?? refuse(`no function "${name}"`);
}

function refuse(what: string): never {
  throw new SyntaxError(`${what}: left to nunjucks`);
}

function dictionary({ children = [] }: SyntaxNode, names: Names): (variables: Variables) => Record<string, unknown> {
  const entries = children.map((pair): [string, Expression] => {
    const { typename, value } = pair['key'] as SyntaxNode;
    const isKey = typename === 'Symbol' || (typename === 'Literal' && typeof value === 'string');
    return isKey && value !== '__proto__' ? [String(value), inside(pair, 'value', names)] : refuse('no key');
  });
  return (variables) => {
    const values: Record<string, unknown> = {};
    for (const [key, value] of entries) values[key] = value(variables);
    return values;
  };
}

const pythonConstants = new Map<string, unknown>(Object.entries({ True: true, False: false, None: null }));

const compilers: Readonly<Record<string, Compile>> = {
  Literal: ({ value }) => (typeof value === 'object' && value !== null ? refuse('an object') : () => value),

  Symbol({ value }, { constants, environment: { globals } }) {
    const name = value as string;
    const otherwise = Object.hasOwn(globals, name) ? globals[name] : pythonConstants.get(name);
    return (variables) => {
      const own = Object.hasOwn(variables, name) ? variables : constants;
      const found = Object.hasOwn(own, name) ? own[name] : undefined;
      return found === undefined ? otherwise : found;
    };
  },

  LookupVal(node, names) {
    const target = inside(node, 'target', names);
    const key = node['val'] as SyntaxNode;
    if (key.typename === 'Slice') {
      const start = inside(key, 'start', names);
      const stop = inside(key, 'stop', names);
      const step = inside(key, 'step', names);
      return (variables) => slice(target(variables), start(variables), stop(variables), step(variables));
    }
    const name = compileExpression(key, names);
    return (variables) => member(target(variables), name(variables));
  },

  FunCall(node, names) {
    const callee = inside(node, 'name', names);
    const callWith = call(list(node['args'] as SyntaxNode, names), names);
    return (variables) => callWith(callee(variables) as Callable, variables);
  },

  Filter(node, names) {
    const filter = known(names.environment.filters, String((node['name'] as SyntaxNode).value));
    const callWith = call(list(node['args'] as SyntaxNode, names), names);
    return (variables) => callWith(filter, variables);
  },

  Is(node, names) {
    const right = node['right'] as SyntaxNode;
    const args = right['args'] as SyntaxNode | undefined;
    // `is none` and `is true` are literals for the parser.
    const test = known(names.environment.tests, String(args ? (right['name'] as SyntaxNode).value : right.value));
    const more = args ? list(args, names) : [];
    const callWith = call([inside(node, 'left', names), ...more], names);
    return (variables) => callWith(test, variables) === true;
  },

  Group: ({ children: [only, ...others] = [] }, names) =>
    only && others.length === 0 ? compileExpression(only, names) : refuse('a tuple'),

  Array(node, names) {
    const items = list(node, names);
    return (variables) => items.map((item) => item(variables));
  },

  Dict: dictionary,

  KeywordArgs(node, names) {
    const keywords = dictionary(node, names);
    return (variables) => Object.assign(keywords(variables), { __keywords: true });
  },

  InlineIf(node, names) {
    const condition = inside(node, 'cond', names);
    const body = inside(node, 'body', names);
    const otherwise = node['else_'] ? inside(node, 'else_', names) : () => '';
    return (variables) => (isTruthy(condition(variables)) ? body(variables) : otherwise(variables));
  },

  And(node, names) {
    const left = inside(node, 'left', names);
    const right = inside(node, 'right', names);
    return (variables) => {
      const value = left(variables);
      return isTruthy(value) ? right(variables) : value;
    };
  },

  Or(node, names) {
    const left = inside(node, 'left', names);
    const right = inside(node, 'right', names);
    return (variables) => {
      const value = left(variables);
      return isTruthy(value) ? value : right(variables);
    };
  },

  Compare(node, names) {
    return (node['ops'] as SyntaxNode[]).reduce(
      (left, operand) => {
        const compare = comparisons[operand['type'] as string] ?? refuse('no comparison of Python');
        const right = inside(operand, 'expr', names);
        return (variables) => compare(left(variables), right(variables));
      },
      inside(node, 'expr', names),
    );
  },

  Not: unary((value) => !isTruthy(value)),
  Neg: unary((value) => -(value as number)),
  Pos: unary(Number),
  In: binary(isIn),
  Add: binary(add),
  Sub: binary(subtract),
  Mul: binary(multiply),
  Mod: binary(modulo),
  Div: binary((left, right) => (left as number) / (right as number)),
  FloorDiv: binary((left, right) => Math.floor((left as number) / (right as number))),
  Pow: binary((left, right) => (left as number) ** (right as number)),
  Concat: binary((left, right) => pythonText(left) + pythonText(right)),
};

/**
 * The function that an expression's syntax tree stands for. Where nunjucks throws, it throws too, but without the place in the
 * template. Throws SyntaxError for what only nunjucks can do.
 */
export function compileExpression(node: SyntaxNode, names: Names): Expression {
  const { typename } = node;
  return compilers[typename]?.(node, names) ?? refuse(typename);
}
