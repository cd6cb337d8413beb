// What a derived schema has that the one before had not.
import type { Difference } from '../schema/compare-schema.ts';
import type { Observed } from '../schema/observe.ts';
import { pathText, typeText } from './schema.ts';
import { counted, cut, onOneLine, padEnd, type Screen, widthOf, wrapped } from './text.ts';

export interface InferredFacts {
  readonly file: string;
  readonly isChanged: boolean;
  readonly differences: readonly Difference[];
  readonly seen: Observed;
  readonly records: number;
  readonly isCut: boolean;
}

const signs = { missing: '+', wrong: '~' } as const;
const colours = { missing: 'green', wrong: 'yellow' } as const;

/** Fields at the top that are new, and of which nothing but null is known. */
const unknownTypes = (differences: readonly Difference[], { fields }: Observed): string[] =>
  differences
    .filter(({ kind, path }) => kind === 'missing' && path.length === 1)
    .flatMap(({ path: [name = ''] }) => (fields.get(name)?.types.size === 0 ? [name] : []));

export function inferredLines(facts: InferredFacts, { width, paint }: Screen): string[] {
  const { file, isChanged, differences, seen, records, isCut } = facts;
  const of = (kind: Difference['kind']): Difference[] => differences.filter((difference) => difference.kind === kind);
  const [added, changed, unused] = [of('missing'), of('wrong'), of('unused')];
  const all = [...added, ...changed];
  const nameWidth = Math.min(40, Math.max(0, ...all.map(({ path }) => widthOf(pathText(path)))));
  const lines = all.map(({ kind, path, declared, schema }) => {
    const name = padEnd(cut(onOneLine(pathText(path)), nameWidth), nameWidth);
    const type = `${declared ? `${typeText(declared)} → ` : ''}${typeText(schema)}`;
    const which = kind === 'wrong' ? 'wrong' : 'missing';
    return `  ${paint(colours[which], `${signs[which]} ${name}`)}  ${cut(type, width - nameWidth - 6)}`;
  });
  const counts = [
    ...(added.length > 0 ? [`${counted(added.length, 'field')} added`] : []),
    ...(changed.length > 0 ? [`${counted(changed.length, 'field')} changed`] : []),
    ...(unused.length > 0 ? [`${counted(unused.length, 'field')} kept that no record has`] : []),
  ];
  const from = `from ${isCut ? 'the first ' : ''}${counted(records, 'record')}`;
  const title = isChanged ? `${file} written ${from}` : `${file} fits ${counted(records, 'record')} and stays as it is`;
  const nulls = unknownTypes(differences, seen);
  const noted =
    nulls.length === 0
      ? []
      : wrapped(`Always null here, and so taken for text: ${nulls.join(', ')}.`.split(' '), width);
  return [paint('bold', `${[title, ...counts].join('; ')}.`), ...lines, ...noted];
}
