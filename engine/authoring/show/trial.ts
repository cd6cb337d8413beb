// A test read for people: slice by slice what went over the wire, then the records, then how the schema fits them.
import { compareSchema } from '../schema/compare-schema.ts';
import { observeAll } from '../schema/observe.ts';
import type { ShownEntry, ShownTrial } from '../trial/shown-trial.ts';
import { isJsonObject, stringifyJson } from '../../text/json.ts';
import { pythonText } from '../../text/python.ts';
import { exchangeLines } from './exchange.ts';
import { recordsTable } from './records-table.ts';
import { type SchemaPlace, schemaLines } from './schema.ts';
import { counted, cut, harmless, onOneLine, type Screen, widthOf, wrapped } from './text.ts';

export const parts = ['http', 'records', 'schema', 'all'] as const;
export type Part = (typeof parts)[number];

export interface ShowOptions {
  show: Part;
  format: 'table' | 'json';
  place: SchemaPlace;
}

const rule = (title: string, { paint, width }: Screen): string => {
  const text = cut(title, width - 4);
  return `${paint('dim', '──')} ${paint('bold', text)} ${paint('dim', '─'.repeat(Math.max(2, width - widthOf(text) - 4)))}`;
};

const paragraph = (text: string, width: number): string[] =>
  harmless(text)
    .split('\n')
    .flatMap((line) => (line.startsWith(' ') ? [line] : wrapped(line.split(' '), width)));

function entryLines(entries: readonly ShownEntry[], screen: Screen, isFull: boolean): string[] {
  return entries.flatMap((entry, index) => [...(index === 0 ? [] : ['']), ...exchangeLines(entry, screen, isFull)]);
}

/** `slice 2: dashboard_id 7` */
function titleOf({ values }: ShownTrial['slices'][number], index: number): string {
  const told = Object.entries(values).filter(([, value]) => !isJsonObject(value));
  const text = told.map(([name, value]) => `${name} ${pythonText(value) || "''"}`).join(', ');
  return onOneLine(text === '' ? 'requests' : `slice ${index + 1}: ${text}`);
}

function httpLines(trial: ShownTrial, screen: Screen, isFull: boolean): string[] {
  const { exchanges, slices, endsAt } = trial;
  const starts = slices.map(({ startsAt }) => startsAt);
  const groups = [
    { title: 'before the first slice', from: 0, to: starts[0] ?? endsAt },
    ...slices.map((slice, index) => ({
      title: titleOf(slice, index),
      from: starts[index],
      to: starts[index + 1] ?? endsAt,
    })),
    { title: 'afterwards', from: endsAt, to: exchanges.length },
  ];
  return groups.flatMap(({ title, from, to }) => {
    const entries = exchanges.slice(from, to);
    return entries.length === 0 ? [] : [rule(title, screen), ...entryLines(entries, screen, isFull), ''];
  });
}

function logLines({ logs }: ShownTrial, { width, paint }: Screen): string[] {
  const lines = logs.flatMap(({ level, message }) =>
    paragraph(`${level} ${message}`, width).map((line) => paint(level === 'WARN' ? 'yellow' : 'dim', line)),
  );
  return lines.length === 0 ? [] : [...lines, ''];
}

export const jsonLines = ({ records }: ShownTrial): string[] => records.map((record) => stringifyJson(record));

function recordLines(trial: ShownTrial, format: ShowOptions['format'], screen: Screen): string[] {
  const { records, primaryKey, isCut, slices } = trial;
  const more = isCut ? ', and there may be more' : '';
  const from = slices.length > 1 ? ` of ${slices.length} slices` : '';
  const title = rule(`${counted(records.length, 'record')}${from}${more}`, screen);
  if (records.length === 0) return [title, ''];
  const keys = primaryKey.flatMap(([name]) => name ?? []);
  return [title, ...(format === 'json' ? jsonLines(trial) : recordsTable(records, keys, screen)), ''];
}

function schemaPart({ records, declared }: ShownTrial, place: SchemaPlace, screen: Screen): string[] {
  if (declared === undefined || records.length === 0) return [];
  const differences = compareSchema(declared, observeAll(records));
  return [rule('schema', screen), ...schemaLines(differences, { place, records: records.length }, screen), ''];
}

/** What is to be seen of a failure by those who did not ask for the requests: the one that failed. */
function failedExchange({ exchanges, endsAt }: ShownTrial, screen: Screen): string[] {
  const before = exchanges.slice(0, endsAt);
  const failed = before.findLast(({ exchange: { status = 600 } }) => status >= 400) ?? before.at(-1);
  return failed ? [...exchangeLines(failed, screen, true), ''] : [];
}

function errorLines({ error, stream }: ShownTrial, { width, paint }: Screen): string[] {
  if (!error) return [];
  return paragraph(`${stream} failed: ${error.message}`, width).map((line) => paint('red', line));
}

/** What is wrong, for those who asked for JSON and nothing else. */
export const troubleLines = (trial: ShownTrial, screen: Screen): string[] => [
  ...logLines(trial, screen),
  ...errorLines(trial, screen),
];

export function trialLines(trial: ShownTrial, { show, format, place }: ShowOptions, screen: Screen): string[] {
  const shows = (part: Part): boolean => show === part || show === 'all';
  const isHidden = trial.error !== undefined && !shows('http');
  return [
    ...(shows('http') ? httpLines(trial, screen, show === 'http') : []),
    ...(isHidden ? failedExchange(trial, screen) : []),
    ...logLines(trial, screen),
    ...(shows('records') ? recordLines(trial, format, screen) : []),
    ...(shows('schema') ? schemaPart(trial, place, screen) : []),
    ...errorLines(trial, screen),
  ];
}
