// The tables of docs/portability.md: what our own language adds to Airbyte's, where our streams use it, and what of Airbyte's is
// missing here.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import prettier from 'prettier';
import { read } from '../../bin/cli/manifest.ts';
import { extensionsIn, type ExtensionField } from '../../engine/authoring/bundle/extensions.ts';
import { streamsOf } from '../../engine/authoring/bundle/bundle.ts';
import { language } from '../../engine/language.ts';
import { notYet } from '../../engine/manifest/language.ts';
import { ownManifest } from '../../bin/cli/package-folder.ts';

const PAGE = join(import.meta.dirname, '..', '..', 'docs', 'portability.md');

const code = (text: string): string => `\`${text}\``;
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

interface Use {
  readonly name: string;
  readonly extension: ExtensionField['extension'];
  readonly streams: string[];
}

/** Every extension that the manifest uses, with the streams that do; those of the manifest itself have none. */
function uses(): Use[] {
  const { tree } = read(ownManifest);
  const found = new Map<string, Use>();
  const owners = streamsOf(tree).flatMap(({ name, node, pointer }) =>
    extensionsIn(node, pointer, language).map((extension) => ({ ...extension, stream: name })),
  );
  const ownerless = extensionsIn(tree, '', language).filter(({ pointer }) => !/^\/(dynamic_)?streams\//.test(pointer));
  for (const one of [...owners, ...ownerless.map((extension) => ({ ...extension, stream: undefined }))]) {
    const name = `${one.component}.${one.field}`;
    const use = found.get(name) ?? { name, extension: one.extension, streams: [] };
    if (one.stream !== undefined && !use.streams.includes(one.stream)) use.streams.push(one.stream);
    found.set(name, use);
  }
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function tables(): Record<string, string> {
  const all = uses();
  const count = streamsOf(read(ownManifest).tree).length;
  const [records, others] = [
    all.filter(({ extension }) => extension.changesRecords === true),
    all.filter(({ extension }) => extension.changesRecords !== true),
  ];
  const namesOf = ({ streams }: Use): string => {
    if (streams.length === 0) return 'the connector';
    return streams.length === count ? 'all' : streams.map(code).join(', ');
  };
  return {
    records: table(
      ['extension', 'there', 'streams'],
      records.map((use) => [code(use.name), use.extension.without, namesOf(use)]),
    ),
    others: table(
      ['extension', 'there', 'used by'],
      others.map((use) => [
        code(use.name),
        use.extension.without,
        use.streams.length > 8 && use.streams.length < count ? `${use.streams.length} streams` : namesOf(use),
      ]),
    ),
    missing: table(
      ['kind', 'components'],
      Object.entries(notYet).map(([kind, names]) => [kind.replaceAll('_', ' '), names.map(code).join(', ')]),
    ),
  };
}

/** docs/portability.md with its tables as they are. */
export async function portabilityPage(): Promise<string> {
  let page = readFileSync(PAGE, 'utf8');
  for (const [name, text] of Object.entries(tables())) {
    const place = new RegExp(`(<!-- ${name}: written by \`npm run generate\` -->\\n)[^]*?(<!-- end of ${name} -->)`);
    page = page.replace(place, (_, start: string, end: string) => `${start}\n${text}\n\n${end}`);
  }
  return prettier.format(page, { ...(await prettier.resolveConfig(PAGE)), parser: 'markdown' });
}
