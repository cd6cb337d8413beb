// The filters that the language adds to Jinja's, with the reference engine's meaning (airbyte-cdk interpolation/filters.py),
// and those of Jinja's own that nunjucks lacks.
import { createHash, createHmac } from 'node:crypto';
import { isEqual, member, pythonText } from './python.ts';
import { stringifyJson } from './json.ts';

const base64 = (value: unknown): string => Buffer.from(pythonText(value), 'utf8').toString('base64');

/** A regular expression of Python's as one of JavaScript's: `(?P<name>` becomes `(?<name>`. */
const regExp = (pattern: string, flags = ''): RegExp => new RegExp(pattern.replaceAll('(?P<', '(?<'), `u${flags}`);

function hmac(value: unknown, key: string, hashType = 'sha256'): string {
  if (hashType !== 'sha256') throw new TypeError(`hmac knows sha256 only, not "${hashType}"`);
  return createHmac('sha256', key).update(pythonText(value)).digest('hex');
}

/** Keyword arguments of a call arrive as one last object. */
interface Keywords {
  attribute?: string;
}

export const filters: Readonly<Record<string, (...args: never[]) => unknown>> = {
  hash: (value: unknown, type = 'md5', salt: unknown = '') =>
    createHash(type)
      .update(pythonText(value) + pythonText(salt))
      .digest('hex'),
  base64encode: base64,
  // The name misleads in the reference engine too: it encodes.
  base64binascii_decode: base64,
  base64decode: (value: unknown) => Buffer.from(pythonText(value), 'base64').toString('utf8'),
  string: (value: unknown) => (typeof value === 'object' && value !== null ? stringifyJson(value) : pythonText(value)),
  regex_search: (value: unknown, pattern: string) => regExp(pattern).exec(pythonText(value))?.[1] ?? '',
  regex_replace: (value: unknown, pattern: string, replacement: string) =>
    pythonText(value).replace(regExp(pattern, 'g'), replacement.replace(/\\(\d)/g, '$$$1')),
  hmac,
  tojson: (value: unknown) => stringifyJson(value),
  items: (value: Record<string, unknown>) => Object.entries(value),
  map: (values: unknown[], options: Keywords) => values.map((value) => member(value, options.attribute)),
  unique: (values: unknown[]) =>
    values.filter((value, index) => values.findIndex((other) => isEqual(other, value)) === index),
};
