// docs/reference/interpolation.md: the variables, functions and filters of templates. Each example is rendered when the page is written.
import type { Component } from '../../engine/components/component.ts';
import type { FieldSchema } from '../../engine/field-schema.ts';
import { filters } from '../../engine/text/filters.ts';
import { createEnvironment } from '../../engine/text/jinja.ts';
import { macros } from '../../engine/text/macros.ts';
import { pythonText } from '../../engine/text/python.ts';
import { compileTemplate } from '../../engine/text/template.ts';
import { fieldsOf } from '../manifest-schema.ts';

/** What it does, and an expression that shows it. */
type Entry = readonly [meaning: string, example: string];

const variables: Readonly<Record<string, string>> = {
  config: 'What the user has configured, after the normalisation that the manifest asks for. Everywhere.',
  parameters: 'The `$parameters` of the component and of those around it. Everywhere.',
  record: 'The record, as far as it is transformed already.',
  stream_slice:
    'The values of the partition and of the slice of time: `stream_slice.parent_id`, `stream_slice.start_time`, and `stream_slice.extra_fields` of a parent.',
  stream_partition: 'The same as `stream_slice`.',
  stream_interval: 'The same as `stream_slice`.',
  next_page_token:
    'The page token below a key of the same name, `next_page_token.next_page_token`; null for the first page.',
  response: 'The parsed body of the reply; an empty object where it is no JSON.',
  headers: 'The headers of the reply, by name in whatever case; `headers.link` of pages is the Link header by rel.',
  request_url: 'The URL of the request, without query.',
  last_record: 'The last record of the page that the filter left; null if there is none.',
  last_page_size: 'How many records of the page the filter left.',
  page_size: 'The size of a page that the manifest gives.',
  session_token: 'The token of the session.',
  components_values: 'What the resolver found for a stream: an entry of the config, a record, a set of values.',
  stream_template_config: 'The template of the stream, as it is written.',
  value: 'The value that is about to be added.',
  path: 'Where it is about to be added.',
  property: 'The value of the field that is about to be removed.',
  raw_schema: 'What the server says of the field.',
};

const functions: Readonly<Record<string, Entry>> = {
  now_utc: ['The time, in UTC.', 'now_utc()'],
  today_utc: ['The day, in UTC.', 'today_utc()'],
  today_with_timezone: ['The day in a time zone.', "today_with_timezone('Asia/Tokyo')"],
  timestamp: ['Seconds since 1970, of ISO 8601 text or of a number.', "timestamp('2024-01-01T00:00:00Z')"],
  str_to_datetime: ['A datetime out of ISO 8601 text.', "str_to_datetime('2024-01-01')"],
  format_datetime: [
    'A datetime as text, in a format of strftime or `%s`, `%ms`; a third argument is the format to read it by.',
    "format_datetime('2024-01-31', '%d.%m.%Y')",
  ],
  day_delta: ['The time so many days from now; a second argument is its format.', "day_delta(-1, '%Y-%m-%d')"],
  duration: ['A duration of ISO 8601, to add to datetimes.', "today_utc() - duration('P7D')"],
  max: ['The largest of its arguments, or of a list.', 'max(2, 3)'],
  min: ['The smallest of its arguments, or of a list.', 'min([2, 3])'],
  sanitize_url: ['Text as a part of a URL.', "sanitize_url('a b/c')"],
  camel_case_to_snake_case: ['A name in camel case as one in snake case.', "camel_case_to_snake_case('createdAt')"],
  generate_uuid: ['A new random UUID.', 'generate_uuid() | length'],
};

const ownFilters: Readonly<Record<string, Entry>> = {
  hash: [
    'A digest in hexadecimal: md5, or the algorithm of the first argument; a second one is the salt.',
    "'a' | hash('sha1')",
  ],
  hmac: ['An HMAC with SHA-256, in hexadecimal, by the key.', "('a' | hmac('key'))[:16]"],
  base64encode: ['Text in base64.', "'user:word' | base64encode"],
  base64decode: ['The text that base64 stands for.', "'dXNlcg==' | base64decode"],
  base64binascii_decode: [
    "Encodes, whatever its name says, as it does in Airbyte's own engine.",
    "'user' | base64binascii_decode",
  ],
  string: ['The value as text; lists and objects as JSON.', "{'a': [1]} | string"],
  regex_search: [
    'The first group that a regular expression finds; empty text if none.',
    "'page=7' | regex_search('page=(\\\\d+)')",
  ],
  regex_replace: ['Replaces what a regular expression finds.', "'a-b' | regex_replace('-', '_')"],
  join: ['The items as one text; `attribute` takes a field of each.', "[1, 2] | join(', ')"],
  map: [
    'A filter applied to each item, or with `attribute` a field of each.',
    "[{'id': 1}, {'id': 2}] | map(attribute='id') | join(',')",
  ],
  selectattr: [
    'The items whose field is true, or passes a test.',
    "[{'a': 1}, {'a': 2}] | selectattr('a', 'equalto', 2) | tojson",
  ],
  rejectattr: [
    'The items that `selectattr` leaves out.',
    "[{'a': 1}, {'a': 2}] | rejectattr('a', 'equalto', 2) | tojson",
  ],
  int: ['A whole number; 0 or `default` for what is none.', "'12' | int"],
  float: ['A number; 0 or `default` for what is none.', "'1.5' | float"],
  tojson: ['The value as JSON.', "{'a': None} | tojson"],
  items: ['The keys and values of an object.', "{'a': 1} | items | tojson"],
  unique: ['The items without those that are there already.', '[1, 2, 1] | unique | tojson'],
};

/** A moment for the examples: 21 November 2026, noon. */
const now = (): number => Date.UTC(2026, 10, 21, 12);

const code = (text: string): string => `\`${text}\``;
const cell = (text: string): string => text.replaceAll('|', '\\|');
const row = (...cells: string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const table = (head: string[], rows: string[][]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');

/** Throws an Error when what is described is not what there is. */
function sameNames(what: string, described: object, actual: Iterable<string>): void {
  const [have, are] = [Object.keys(described).sort().join(', '), [...actual].sort().join(', ')];
  if (have !== are)
    throw new Error(`scripts/generate/interpolation.ts describes the ${what} ${have}, but there are ${are}.`);
}

function examples(entries: Readonly<Record<string, Entry>>): string {
  const rows = Object.entries(entries).map(([name, [meaning, example]]) => {
    const result = pythonText(compileTemplate(`{{ ${example} }}`, { now }).render());
    return [code(name), meaning, code(`{{ ${example} }}`), code(result)];
  });
  return table(['name', 'what it gives', 'example', 'becomes'], rows);
}

/** The variables that templates of a field know, those inside it too. */
const variablesIn = ({ 'x-template': template, items, properties }: FieldSchema): string[] => [
  ...(template?.variables ?? []),
  ...(items ? variablesIn(items) : []),
  ...Object.values(properties ?? {}).flatMap(variablesIn),
];

const HEAD = `<!-- Written by \`npm run generate\`; do not edit. -->

# Templates

Texts of the manifest may be templates: Jinja, with the functions and filters of Airbyte's language. Only what is written in the
manifest is ever a template; values of the config, of records and of replies are put in as they are. A template that is one
bare expression keeps the type of its value; anything else gives text.

The page of each [component](README.md) says which of its fields are templates and which variables they know. A name that a
place does not know is an error of \`validate\`, with its line and column.`;

/** The page. */
export function interpolationPage(components: readonly Component[]): string {
  const known = components.flatMap((one) => fieldsOf(one).flatMap(([, field]) => variablesIn(field)));
  sameNames('variables', variables, new Set(known));
  sameNames('functions', functions, Object.keys(macros(now)));
  sameNames('filters', ownFilters, Object.keys(filters));
  const { filters: builtin } = createEnvironment() as unknown as { filters: Record<string, unknown> };
  const others = Object.keys(builtin).filter((name) => !Object.hasOwn(filters, name));
  return [
    HEAD,
    '## Variables',
    table(
      ['name', 'what it is'],
      Object.entries(variables).map(([name, meaning]) => [code(name), meaning]),
    ),
    '## Functions',
    'At noon of 21 November 2026, in UTC:',
    examples(functions),
    '## Filters',
    examples(ownFilters),
    `Besides, those of Jinja: ${others.sort().map(code).join(', ')}.`,
  ].join('\n\n');
}
