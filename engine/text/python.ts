// What Python values answer to, for templates written for Jinja: how they print, which are false, `+`, `==`, and the
// methods of strings, lists and dictionaries that manifests call.
import { TemplateDateTime, TemplateDuration } from './datetime.ts';
import { isJsonObject, isLosslessNumber } from './json.ts';

export { isTruthy } from './truth.ts';

/** How Python prints a value inside a list or dictionary. */
function repr(value: unknown): string {
  if (typeof value !== 'string') return pythonText(value);
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  return quote + value.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`).replaceAll('\n', '\\n') + quote;
}

/** A value as `str()` of Python gives it; undefined is empty text, as Jinja's Undefined. */
export function pythonText(value: unknown): string {
  if (value === undefined) return '';
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (Array.isArray(value)) return `[${value.map(repr).join(', ')}]`;
  if (isJsonObject(value) && Object.getPrototypeOf(value) === Object.prototype) {
    const entries = Object.entries(value).map(([key, item]) => `${repr(key)}: ${repr(item)}`);
    return `{${entries.join(', ')}}`;
  }
  return `${value as string | number}`;
}

/** `==` of Python: by content, and never equal across text and numbers. */
export function isEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => isEqual(item, right[index]));
  }
  if (isLosslessNumber(left) || isLosslessNumber(right)) {
    return isNumeric(left) && isNumeric(right) && Number(String(left)) === Number(String(right));
  }
  if (left instanceof TemplateDateTime || left instanceof TemplateDuration) {
    return (right instanceof TemplateDateTime || right instanceof TemplateDuration) && Number(left) === Number(right);
  }
  if (isJsonObject(left) && isJsonObject(right)) {
    const keys = Object.keys(left);
    return keys.length === Object.keys(right).length && keys.every((key) => isEqual(left[key], right[key]));
  }
  const isBoolean = typeof left === 'boolean' || typeof right === 'boolean';
  return isBoolean && isCountable(left) && isCountable(right) && Number(left) === Number(right);
}

/** True for what Python counts with: `True` is 1. */
const isCountable = (value: unknown): boolean => typeof value === 'number' || typeof value === 'boolean';
const isNumeric = (value: unknown): boolean => typeof value === 'number' || isLosslessNumber(value);

/** `left + right`: numbers, text, lists, and durations added to dates. Throws TypeError for a mix that Python refuses. */
export function add(left: unknown, right: unknown): unknown {
  if (left instanceof TemplateDateTime && right instanceof TemplateDuration) return left.plus(right.duration);
  if (left instanceof TemplateDuration && right instanceof TemplateDateTime) return right.plus(left.duration);
  if (left instanceof TemplateDuration && right instanceof TemplateDuration) {
    return new TemplateDuration(left.duration.plus(right.duration));
  }
  if (Array.isArray(left) && Array.isArray(right)) return [...(left as unknown[]), ...(right as unknown[])];
  if (typeof left === 'string' && typeof right === 'string') return left + right;
  const [augend, addend] = numbers('add', left, right);
  return augend + addend;
}

/** Two values to count with. Throws TypeError when Python does not count with one of them. */
function numbers(verb: string, left: unknown, right: unknown): [number, number] {
  const isWrong = [left, right].some((value) => !isCountable(value) && !isLosslessNumber(value));
  if (isWrong) throw new TypeError(`cannot ${verb} ${repr(left)} and ${repr(right)}`);
  return [left, right].map((value) => (typeof value === 'boolean' ? Number(value) : Number(String(value)))) as [
    number,
    number,
  ];
}

/** `left - right`: numbers, and durations or dates taken from dates. */
export function subtract(left: unknown, right: unknown): unknown {
  if (left instanceof TemplateDateTime && right instanceof TemplateDuration) return left.plus(right.duration.negate());
  if (left instanceof TemplateDateTime && right instanceof TemplateDateTime) {
    return new TemplateDuration(left.time.diff(right.time));
  }
  const [minuend, subtrahend] = numbers('subtract', left, right);
  return minuend - subtrahend;
}

/** `left % right`: the result has the sign of `right`. */
export function modulo(left: unknown, right: unknown): number {
  const [dividend, divisor] = numbers('divide', left, right);
  return dividend - divisor * Math.floor(dividend / divisor);
}

/** `left * right`: numbers, or text and lists so many times. */
export function multiply(left: unknown, right: unknown): unknown {
  if (typeof left === 'number' && (typeof right === 'string' || Array.isArray(right))) return multiply(right, left);
  if (typeof left === 'string' && typeof right === 'number') return left.repeat(Math.max(0, right));
  if (Array.isArray(left) && typeof right === 'number') {
    return Array.from({ length: Math.max(0, right) }, () => left as unknown[]).flat();
  }
  const [multiplicand, multiplier] = numbers('multiply', left, right);
  return multiplicand * multiplier;
}

/** The method of a table that has one of this name; nothing that every object of JavaScript has. */
function methodOf<T>(
  methods: Readonly<Record<string, (value: T) => Method>>,
  name: string,
  value: T,
): Method | undefined {
  return Object.hasOwn(methods, name) ? methods[name]?.(value) : undefined;
}

type Method = (...args: never[]) => unknown;

const stripped = (text: string, characters: string | undefined, ends: 'both' | 'left' | 'right'): string => {
  const isStripped = (character: string): boolean =>
    characters === undefined ? /\s/.test(character) : characters.includes(character);
  let [start, end] = [0, text.length];
  while (ends !== 'right' && start < end && isStripped(text.charAt(start))) start += 1;
  while (ends !== 'left' && end > start && isStripped(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
};

const textMethods: Readonly<Record<string, (text: string) => Method>> = {
  lower: (text) => () => text.toLowerCase(),
  upper: (text) => () => text.toUpperCase(),
  title: (text) => () => text.toLowerCase().replace(/\p{L}+/gu, (word) => word.charAt(0).toUpperCase() + word.slice(1)),
  capitalize: (text) => () => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase(),
  strip: (text) => (characters?: string) => stripped(text, characters, 'both'),
  lstrip: (text) => (characters?: string) => stripped(text, characters, 'left'),
  rstrip: (text) => (characters?: string) => stripped(text, characters, 'right'),
  split: (text) => (separator?: string) =>
    separator === undefined ? text.split(/\s+/).filter((word) => word !== '') : text.split(separator),
  startswith: (text) => (start: string) => text.startsWith(start),
  endswith: (text) => (end: string) => text.endsWith(end),
  replace: (text) => (from: string, to: string) => text.replaceAll(from, to),
  find: (text) => (part: string) => text.indexOf(part),
  count: (text) => (part: string) => text.split(part).length - 1,
  isdigit: (text) => () => /^\d+$/.test(text),
  zfill: (text) => (width: number) => text.padStart(width, '0'),
  join: (text) => (items: unknown[]) => items.map(pythonText).join(text),
};

const listMethods: Readonly<Record<string, (list: unknown[]) => Method>> = {
  append: (list) => (item: unknown) => void list.push(item),
  index: (list) => (item: unknown) => list.findIndex((other) => isEqual(other, item)),
  count: (list) => (item: unknown) => list.filter((other) => isEqual(other, item)).length,
};

/** An own field's value; undefined when there is none. */
const ownValue = (dictionary: Record<string, unknown>, key: string): unknown =>
  key in Object.prototype && !Object.hasOwn(dictionary, key) ? undefined : dictionary[key];

const dictionaryMethods: Readonly<Record<string, (dictionary: Record<string, unknown>) => Method>> = {
  get:
    (dictionary) =>
    (key: string, otherwise: unknown = null) => {
      const own = ownValue(dictionary, key);
      return own === undefined ? otherwise : own;
    },
  items: (dictionary) => () => Object.entries(dictionary),
  keys: (dictionary) => () => Object.keys(dictionary),
  values: (dictionary) => () => Object.values(dictionary),
  update: (dictionary) => (other: object) => void Object.assign(dictionary, other),
};

/** Only a number is an index: a letter of a text is not a field of it. */
const itemAt = (items: string | unknown[], index: unknown): unknown =>
  typeof index === 'number' ? items.at(index) : undefined;

/** `value.name` or `value[name]`: own fields first, then the methods that Python has for it; nothing of JavaScript's own. */
export function member(value: unknown, name: unknown): unknown {
  const key = String(name);
  if (value === undefined) throw new TypeError(`"${key}" is asked of something that is not there`);
  if (value === null) return undefined;
  if (typeof value === 'string') return methodOf(textMethods, key, value) ?? itemAt(value, name);
  if (Array.isArray(value)) {
    const items: unknown[] = value;
    return methodOf(listMethods, key, items) ?? itemAt(items, name);
  }
  if (typeof value !== 'object') return undefined;
  const dictionary = value as Record<string, unknown>;
  const own = ownValue(dictionary, key);
  // Most of what is asked for: before the questions that cost something, of a record that parses its fields.
  if (own !== undefined && typeof own !== 'function') return own;
  if (value instanceof TemplateDateTime || value instanceof TemplateDuration) return own?.bind(value) as unknown;
  return own ?? methodOf(dictionaryMethods, key, dictionary);
}

/** `value[start:stop:step]` of text or a list; null stands for an end that is not given. */
export function slice(value: unknown, start: unknown, stop?: unknown, step?: unknown): unknown {
  const items = typeof value === 'string' ? Array.from(value) : Array.isArray(value) ? (value as unknown[]) : [];
  const stride = Number(step ?? 1);
  const { length } = items;
  // Where a given index lies, kept between the two ends; a negative one counts from the end.
  const [lowest, highest] = stride > 0 ? [0, length] : [-1, length - 1];
  const place = (index: unknown, otherwise: number): number => {
    if (index === null || index === undefined) return otherwise;
    const from = Number(index) < 0 ? Number(index) + length : Number(index);
    return Math.min(Math.max(from, lowest), highest);
  };
  const first = place(start, stride > 0 ? lowest : highest);
  const last = place(stop, stride > 0 ? highest : lowest);
  const count = Math.max(0, Math.ceil((last - first) / stride));
  const picked = Array.from({ length: count }, (_, index) => items[first + index * stride]);
  return typeof value === 'string' ? picked.join('') : picked;
}
