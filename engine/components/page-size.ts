// The size of a page, as the manifest gives it.
import { ConfigError } from '../errors.ts';
import { pythonText } from '../text/python.ts';
import { optional, template } from './component.ts';

export const pageSizeField = (variables: readonly string[] = []) =>
  optional(
    template({
      description: 'How many records a page has, as a number or the template of one; left out, the server decides.',
      also: ['number'],
      variables,
      examples: [100, "{{ config['page_size'] }}"],
    }),
  );

/** A whole number above 0 out of a value of the manifest or of the config. Throws ConfigError. */
export function pageSizeOf(value: unknown): number {
  const text = pythonText(value);
  if (/^0*[1-9]\d*$/.test(text)) return Number(text);
  throw new ConfigError(`"${text}" is no page_size. Give a whole number above 0.`);
}
