// What Python values answer to, for templates written for Jinja: how they print, which are false, `+`, `==`, and the
// methods of strings, lists and dictionaries that manifests call.
import { TemplateDateTime, TemplateDuration } from './datetime.ts';
import { isJsonObject, isLosslessNumber } from './json.ts';

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

/** False for what Python takes for false: None, 0, and whatever is empty. */
export function isTruthy(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isLosslessNumber(value)) return Number(value.value) !== 0;
  if (isJsonObject(value) && Object.getPrototypeOf(value) === Object.prototype) return Object.keys(value).length > 0;
  return Boolean(value);
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
  return typeof left === 'boolean' && typeof right === 'number' ? Number(left) === right : false;
}

const isNumeric = (value: unknown): boolean => typeof value === 'number' || isLosslessNumber(value);

/** `left + right`: numbers, text, lists, and durations added to dates. Throws TypeError for a mix that Python refuses. */
export function add(left: unknown, right: unknown): unknown {
  if (left instanceof TemplateDateTime && right instanceof TemplateDuration) return left.plus(right.duration);
  if (left instanceof TemplateDuration && right instanceof TemplateDateTime) return right.plus(left.duration);
  if (left instanceof TemplateDuration && right instanceof TemplateDuration) {
    return new TemplateDuration(left.duration.plus(right.duration));
  }
  if (Array.isArray(left) && Array.isArray(right)) return [...(left as unknown[]), ...(right as unknown[])];
  if ((typeof left === 'string') !== (typeof right === 'string')) {
    throw new TypeError(`cannot add ${repr(left)} and ${repr(right)}: one is text, the other is not`);
  }
  return (left as number) + (right as number);
}

/** `left - right`: numbers, and durations or dates taken from dates. */
export function subtract(left: unknown, right: unknown): unknown {
  if (left instanceof TemplateDateTime && right instanceof TemplateDuration) return left.plus(right.duration.negate());
  if (left instanceof TemplateDateTime && right instanceof TemplateDateTime) {
    return new TemplateDuration(left.time.diff(right.time));
  }
  return (left as number) - (right as number);
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

const dictionaryMethods: Readonly<Record<string, (dictionary: Record<string, unknown>) => Method>> = {
  get:
    (dictionary) =>
    (key: string, otherwise: unknown = null) =>
      Object.hasOwn(dictionary, key) ? dictionary[key] : otherwise,
  items: (dictionary) => () => Object.entries(dictionary),
  keys: (dictionary) => () => Object.keys(dictionary),
  values: (dictionary) => () => Object.values(dictionary),
  update: (dictionary) => (other: object) => void Object.assign(dictionary, other),
};

/** `value.name` or `value[name]`: own fields first, then the methods that Python has for it; nothing of JavaScript's own. */
export function member(value: unknown, name: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  const key = String(name);
  if (typeof value === 'string') return textMethods[key]?.(value) ?? value.at(Number(name));
  if (Array.isArray(value)) return listMethods[key]?.(value) ?? (value.at(Number(name)) as unknown);
  if (value instanceof TemplateDateTime || value instanceof TemplateDuration) {
    const found = (value as unknown as Record<string, unknown>)[key];
    return typeof found === 'function' ? (found.bind(value) as unknown) : found;
  }
  if (typeof value !== 'object') return undefined;
  const dictionary = value as Record<string, unknown>;
  return Object.hasOwn(dictionary, key) ? dictionary[key] : dictionaryMethods[key]?.(dictionary);
}

/** `value[start:stop:step]` of text or a list; null stands for an end that is not given. */
export function slice(value: unknown, start: unknown, stop?: unknown, step: unknown = 1): unknown {
  const items = typeof value === 'string' ? Array.from(value) : Array.isArray(value) ? (value as unknown[]) : [];
  const forward = items.slice(Number(start ?? 0), stop === null || stop === undefined ? undefined : Number(stop));
  const picked = forward.filter((_, index) => index % Math.abs(Number(step)) === 0);
  if (Number(step) < 0) picked.reverse();
  return typeof value === 'string' ? picked.join('') : picked;
}
