// The filters that the language adds to Jinja's, with the reference engine's meaning (airbyte-cdk interpolation/filters.py),
// and those of Jinja's own that nunjucks lacks.
import { createHash, createHmac } from 'node:crypto';
import { isEqual, isTruthy, member, pythonText } from './python.ts';
import { stringifyJson } from './json.ts';
import { withKeywords } from './macros.ts';

const base64 = (value: unknown): string => Buffer.from(pythonText(value), 'utf8').toString('base64');

/** A regular expression of Python's as one of JavaScript's: `(?P<name>` becomes `(?<name>`. */
function regExp(pattern: string, flags = ''): RegExp {
  const source = pattern.replaceAll('(?P<', '(?<');
  try {
    return new RegExp(source, `u${flags}`);
  } catch {
    // with the flag u, JavaScript refuses escapes that need none, such as \\-
    return new RegExp(source, flags);
  }
}

function hmac(value: unknown, key: string, hashType = 'sha256'): string {
  if (hashType !== 'sha256') throw new TypeError(`hmac knows sha256 only, not "${hashType}"`);
  return createHmac('sha256', key).update(pythonText(value)).digest('hex');
}

/** What nunjucks gives a filter as `this`. */
interface Context {
  env: Record<'getFilter' | 'getTest', (name: string) => (...args: unknown[]) => unknown>;
}

/** `map('upper')` calls a filter for each value, `map(attribute='id')` takes a field of each. */
function map(this: Context, values: unknown[], by: string | { attribute: string }, ...args: unknown[]): unknown[] {
  if (typeof by !== 'string') return values.map((value) => member(value, by.attribute));
  const filter = this.env.getFilter(by);
  return values.map((value) => filter.call(this, value, ...args));
}

/** Keeps the values whose field is true, or passes a test: `selectattr('type', 'equalto', 'x')`. */
const selecting = (keeps: boolean) =>
  function (this: Context, values: unknown[], attribute: string, test?: string, ...args: unknown[]): unknown[] {
    const passes = test === undefined ? isTruthy : this.env.getTest(test);
    return values.filter((value) => Boolean(passes.call(this, member(value, attribute), ...args)) === keeps);
  };

/** A number out of a number, a boolean or the text of one; undefined for all else. */
function numberIn(value: unknown): number | undefined {
  if (typeof value === 'boolean') return Number(value);
  const text = pythonText(value).trim();
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

function int(value: unknown, otherwise: unknown = 0): unknown {
  const number = numberIn(value);
  return number === undefined ? otherwise : Math.trunc(number);
}

function join(values: unknown[], separator = '', attribute?: string): string {
  const items = attribute === undefined ? values : values.map((value) => member(value, attribute));
  return items.map(pythonText).join(separator);
}

export const filters: Readonly<Record<string, (...args: never[]) => unknown>> = {
  hash: withKeywords(['value', 'hash_type', 'salt'], (value: unknown, type = 'md5', salt: unknown = '') =>
    createHash(type)
      .update(pythonText(value) + pythonText(salt))
      .digest('hex'),
  ),
  base64encode: base64,
  // The name misleads in the reference engine too: it encodes.
  base64binascii_decode: base64,
  base64decode: (value: unknown) => Buffer.from(pythonText(value), 'base64').toString('utf8'),
  string: (value: unknown) => (typeof value === 'object' && value !== null ? stringifyJson(value) : pythonText(value)),
  regex_search: (value: unknown, pattern: string) => regExp(pattern).exec(pythonText(value))?.[1] ?? '',
  regex_replace: (value: unknown, pattern: string, replacement: string) =>
    pythonText(value).replace(regExp(pattern, 'g'), replacement.replaceAll('$', '$$$$').replace(/\\(\d)/g, '$$$1')),
  hmac: withKeywords(['value', 'key', 'hash_type'], hmac),
  join: withKeywords(['value', 'd', 'attribute'], join),
  map,
  selectattr: selecting(true),
  rejectattr: selecting(false),
  int: withKeywords(['value', 'default'], int),
  float: withKeywords(['value', 'default'], (value: unknown, otherwise: unknown = 0) => numberIn(value) ?? otherwise),
  tojson: (value: unknown) => stringifyJson(value),
  items: (value: Record<string, unknown>) => Object.entries(value),
  unique: (values: unknown[]) =>
    values.filter((value, index) => values.findIndex((other) => isEqual(other, value)) === index),
};
