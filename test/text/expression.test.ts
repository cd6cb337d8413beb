// Expressions as functions, held against what nunjucks makes of the same text.
import { inspect } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileExpression, type Names, type Variables } from '../../engine/text/expression.ts';
import { parseJson } from '../../engine/text/json.ts';
import { environmentFor, outputsOf, renderedByNunjucks } from '../../engine/text/nunjucks-template.ts';
import { rowOf } from '../../engine/text/row.ts';

const names: Names = {
  constants: { config: { name: 'users', list: [3, 1, 2] } },
  environment: environmentFor(() => 0),
};

/** The value as text that tells all values apart, or that there is none. */
function outcome(render: (variables: Variables) => unknown, variables: Variables): string {
  try {
    return inspect(render(variables), { depth: null });
  } catch {
    return 'throws';
  }
}

const compiled = (expression: string) => {
  const [node] = outputsOf(`{{ ${expression} }}`) ?? [];
  if (!node) throw new Error('no expression');
  return compileExpression(node, names);
};

const key = fc.constantFrom('id', 'name', 'a b', 'items', 'none', 'missing');
const quoted = key.map((name) => `'${name}'`);
const integer = fc.integer({ min: -3, max: 12 }).map((number) => `(${number})`);
const literal = fc.oneof(
  quoted,
  integer,
  fc.constantFrom('1.5', 'true', 'false', '(none)', 'True', 'None', '[]', '{}', "''"),
);
const name = fc.constantFrom('record', 'config', 'text', 'nothing');

/** Expressions in brackets, so that any of them may stand in any other. */
const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const inner = tie('expression');
  const word = (words: string[]) => fc.constantFrom(...words);
  const tuple = (...parts: (fc.Arbitrary<string> | string)[]): fc.Arbitrary<string> =>
    fc
      .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
      .map((texts) => texts.join(''));
  const operator = word([
    '==',
    '!=',
    '<',
    '>',
    '<=',
    '>=',
    '+',
    '-',
    '*',
    '%',
    '/',
    '//',
    '~',
    'and',
    'or',
    'in',
    'not in',
  ]);
  const tests = word(['defined', 'none', 'true', 'string', 'number', 'mapping', 'integer', 'divisibleby(2)', 'eq(1)']);
  const filter = word(['tojson', 'string', 'length', "default('x')", 'int', 'upper', 'first', "join(',')", 'unique']);
  const method = word(['keys()', 'items()', 'upper()', "split('a')", "startswith('a')", 'nope()', "get('id')"]);
  return {
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.oneof(literal, name),
      tuple(name, '[', quoted, ']'),
      tuple(inner, '[', fc.oneof(quoted, integer), ']'),
      tuple(inner, '[', word(['1:', ':-1', '::2', '::-1']), ']'),
      tuple(inner, word(['.id', '.name', '.missing'])),
      tuple(inner, '.get(', quoted, ')'),
      tuple(inner, '.get(', quoted, ', ', inner, ')'),
      tuple(inner, '.', method),
      tuple('(', inner, ' ', operator, ' ', inner, ')'),
      tuple('(', inner, ' < ', inner, ' <= ', inner, ')'),
      tuple('(', word(['not ', '-', '+']), inner, ')'),
      tuple('(', inner, ' if ', inner, ' else ', inner, ')'),
      tuple('(', inner, ' if ', inner, ')'),
      tuple('(', inner, word([' is ', ' is not ']), tests, ')'),
      tuple('(', inner, ' | ', filter, ')'),
      tuple('[', inner, ', ', inner, ']'),
      tuple("{'id': ", inner, ', name: ', inner, '}'),
      tuple('max(', inner, ', ', inner, ')'),
    ),
  };
});

const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, false, 0, 1, -2, 1.5, '', 'a', 'ab', '7'),
    fc.constantFrom('12345678901234567890', '1.50').map((digits) => parseJson(digits)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3 }),
  ),
})).value;

test('an expression gives what nunjucks gives for it, or throws where nunjucks throws', () => {
  fc.assert(
    fc.property(
      expression,
      fc.dictionary(key, value, { maxKeys: 4 }),
      fc.constantFrom('', 'abca'),
      (source, record, text) => {
        const variables = { record, text };
        const expected = outcome((given) => renderedByNunjucks(`{{ ${source} }}`, names)(given), variables);
        expect(outcome((given) => compiled(source)(given), variables)).toBe(expected);
      },
    ),
    { numRuns: 500 },
  );
});

test('what looks into a record whose fields are parsed when they are asked for sees the same', () => {
  fc.assert(
    fc.property(expression, fc.dictionary(key, fc.jsonValue(), { maxKeys: 4 }), (source, record) => {
      const render = (given: unknown): unknown =>
        outcome((variables) => JSON.stringify(compiled(source)(variables)), { record: given });
      const lazy = rowOf(Buffer.from(JSON.stringify(record))).value();
      expect(render(lazy)).toBe(render(JSON.parse(JSON.stringify(record))));
    }),
    { numRuns: 300 },
  );
});

test.each(['(1, 2)', 'r/a/', "{'__proto__': 1}", '1 | nope', '1 is nope', '1 === 1'])(
  'what only nunjucks can do, or can say what is wrong with it, is refused: %s',
  (source) => {
    expect(() => compiled(source)).toThrow('left to nunjucks');
  },
);
