// A moment of the manifest: a component, or the template of one in the format of its holder.
import { ConfigError } from '../errors.ts';
import type { Template } from '../text/template.ts';
import { parseTimestamp } from '../text/timestamp.ts';
import type { Slot } from './kinds.ts';
import type { Scope } from './scope.ts';

/** The moment of a template, in microseconds. Throws ConfigError. */
export function momentOf(template: Template, format: string): number {
  const text = template.text();
  const moment = parseTimestamp(text, format);
  if (moment !== undefined) return moment;
  throw new ConfigError(`The date "${text}" does not fit the format "${format}". Correct it in the config.`);
}

/** The moment that a field says, whichever way it is written, in microseconds. */
export const momentIn = (written: Slot<'datetime'> | Template, scope: Scope, format: string): number =>
  'render' in written ? momentOf(written, format) : scope.build(written).moment(format);
