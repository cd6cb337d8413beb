// What editors say of a field beyond its description: the variables of its templates, its default, whether it is an extension.
import type { FieldSchema } from '../../engine/field-schema.ts';

/** Plain words as Markdown: names of fields and variables become code. */
export function markdown(text: string): string {
  const parts = text.split(/(`[^`]*`)/);
  const name = /(?<![\w"])[a-z]+(?:_[a-z]+)+(?:\.\w+)*(?![\w"])/g;
  return parts.map((part) => (part.startsWith('`') ? part : part.replaceAll(name, '`$&`'))).join('');
}

const code = (text: string): string => `\`${text}\``;

/** `description` in plain words, `markdownDescription` for those that show Markdown. */
export function notesOf(field: FieldSchema): { description: string; markdownDescription: string } {
  const { description = '', 'x-template': template, 'x-extension': extension, default: value } = field;
  const names = template?.variables ?? [];
  const notes = (mark: (text: string) => string): string[] => [
    ...(names.length > 0 ? [`Templates know ${names.map(mark).join(', ')}.`] : []),
    ...(value === undefined ? [] : [`Default: ${mark(typeof value === 'string' ? value : JSON.stringify(value))}.`]),
    ...(extension ? [`An extension that Airbyte's own engine does not know: there, ${extension.without}.`] : []),
  ];
  return {
    description: [description, ...notes((text) => text)].join(' '),
    markdownDescription: [markdown(description), ...notes(code)].join('\n\n'),
  };
}
