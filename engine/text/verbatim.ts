// Data in the place of a template: what looks like one in it must not be rendered.
import { isJsonObject } from './json.ts';

/** A template that renders to this very text. */
function templateOf(text: string): string {
  if (!/\{[{%#]/.test(text)) return text;
  return `{{ '${text.replace(/[\\']/g, '\\$&')}' }}`;
}

/** A value whose templates, if it were taken for one, render to itself: its texts, and the keys of its objects. */
export function verbatim(value: unknown): unknown {
  if (typeof value === 'string') return templateOf(value);
  if (Array.isArray(value)) return value.map(verbatim);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [templateOf(key), verbatim(item)]));
}
