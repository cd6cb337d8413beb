// How the declared schema differs from the records, each with a text to paste.
import type { Difference } from '../schema/compare-schema.ts';
import type { JsonObject } from '../../text/json.ts';
import { pythonText } from '../../text/python.ts';
import { jsonLine, jsonText, yamlText } from './schema-text.ts';
import { counted, cut, onOneLine, type Screen, widthOf, wrapped } from './text.ts';

/** Where the schema is declared. */
export interface SchemaPlace {
  /** For people. */
  readonly shown: string;
  readonly language: 'json' | 'yaml';
}

/** `owner.tags[].name` */
export const pathText = (path: readonly string[]): string => path.join('.').replaceAll('.[]', '[]');

/** A type as people say it: null goes without saying. */
export function typeText({ type, format, airbyte_type: airbyteType }: JsonObject): string {
  const types = [type ?? 'anything']
    .flat()
    .map(pythonText)
    .filter((name) => name !== 'null');
  const details = [format, airbyteType].filter((detail) => detail !== undefined).map(pythonText);
  return `${types.join(' or ')}${details.length > 0 ? ` (${details.join(', ')})` : ''}`;
}

function fragmentLines({ path, schema }: Difference, { language }: SchemaPlace, { width }: Screen): string[] {
  const name = path.at(-1) ?? '';
  const key = name === '[]' ? 'items' : name;
  if (language === 'yaml') return yamlText({ [key]: schema }).split('\n');
  const line = `${JSON.stringify(key)}: ${jsonLine(schema)},`;
  return widthOf(line) <= width ? [line] : `${JSON.stringify(key)}: ${jsonText(schema)},`.split('\n');
}

/** The fields of one object under its name, each as a text to paste. */
function fragments(differences: readonly Difference[], place: SchemaPlace, screen: Screen): string[] {
  const parents = new Map<string, Difference[]>();
  for (const difference of differences) {
    const parent = pathText(difference.path.slice(0, -1));
    parents.set(parent, [...(parents.get(parent) ?? []), difference]);
  }
  return [...parents].flatMap(([parent, fields]) => [
    ...(parent === '' ? [] : [screen.paint('dim', `  in ${parent}:`)]),
    ...fields
      .flatMap((field) => fragmentLines(field, place, { ...screen, width: screen.width - 4 }))
      .map((line) => `    ${line}`),
  ]);
}

function missingLines(missing: readonly Difference[], place: SchemaPlace, screen: Screen): string[] {
  if (missing.length === 0) return [];
  const title = `${counted(missing.length, 'field')} of the records missing in ${place.shown}; to add:`;
  return [screen.paint('yellow', cut(title, screen.width)), ...fragments(missing, place, screen)];
}

function wrongLines(wrong: readonly Difference[], place: SchemaPlace, screen: Screen): string[] {
  if (wrong.length === 0) return [];
  const title = `${counted(wrong.length, 'field')} declared with another type; in its place:`;
  return [
    screen.paint('red', cut(title, screen.width)),
    ...wrong.flatMap((field) => [
      screen.paint(
        'dim',
        `  ${cut(onOneLine(`${pathText(field.path)} is declared as ${typeText(field.declared ?? {})}, and is ${typeText(field.schema)}`), screen.width - 2)}`,
      ),
      ...fragmentLines(field, place, { ...screen, width: screen.width - 4 }).map((line) => `    ${line}`),
    ]),
  ];
}

function unusedLines(unused: readonly Difference[], records: number, screen: Screen): string[] {
  if (unused.length === 0) return [];
  const title = `${counted(unused.length, 'declared field')} in none of ${counted(records, 'record')}:`;
  const names = unused.map(({ path }, index) => `${pathText(path)}${index < unused.length - 1 ? ',' : ''}`);
  return [
    screen.paint('dim', title),
    ...wrapped(names, screen.width - 4).map((line) => screen.paint('dim', `    ${line}`)),
  ];
}

export function schemaLines(
  differences: readonly Difference[],
  { place, records }: { place: SchemaPlace; records: number },
  screen: Screen,
): string[] {
  const of = (kind: Difference['kind']): Difference[] => differences.filter((difference) => difference.kind === kind);
  const [missing, wrong, unused] = [of('missing'), of('wrong'), of('unused')];
  const fits = screen.paint('green', cut(`${place.shown} fits ${counted(records, 'record')}.`, screen.width));
  return [
    ...(missing.length + wrong.length === 0 ? [fits] : []),
    ...missingLines(missing, place, screen),
    ...wrongLines(wrong, place, screen),
    ...unusedLines(unused, records, screen),
  ];
}
