// Dates of the form: the picker needs a format, and the text that is typed a pattern.
import { nameOf, specCheck } from './spec-check.ts';

/** Patterns that mean a date, or a date and a time. */
const PATTERNS = [
  '^[0-9]{2}-[0-9]{2}-[0-9]{4}$',
  '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
  '^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2})?$',
  '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$',
];

export const specDates = specCheck(
  'spec-date',
  {
    severity: 'warning',
    summary: 'A date of the spec has a format without a pattern, or a pattern without a format.',
    help: 'With a format the form shows a calendar, with a pattern it tells what is to be typed.',
  },
  function* (schema) {
    const { node, pointer } = schema;
    const { format, pattern } = node;
    const isDate = format === 'date' || format === 'date-time';
    if (isDate && pattern === undefined)
      yield { at: `${pointer}/format`, message: `${nameOf(schema)} has the format "${format}" and no pattern` };
    if (!isDate && PATTERNS.includes(String(pattern)))
      yield {
        at: `${pointer}/pattern`,
        message: `${nameOf(schema)} has the pattern of a date and no format`,
        hint: 'Add "format: date" or "format: date-time".',
      };
  },
);
