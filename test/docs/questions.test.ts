// The questions of docs/questions.md: each query is run on what `sync` leaves of a simulated Metabase, and has the answer of the page.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createMetabase, type Metabase } from '../metabase/metabase.ts';
import { open, syncTo, temporaryFolder } from '../sync/targets.ts';

interface Question {
  heading: string;
  sql: string;
  answer: string[];
}

const page = readFileSync(join(import.meta.dirname, '../../docs/questions.md'), 'utf8');
const questions: Question[] = page
  .split('\n## ')
  .slice(1)
  .map((section) => ({
    heading: section.split('\n')[0] ?? '',
    sql: /```sql\n(.*?)```/s.exec(section)?.[1] ?? '',
    answer: section.split('\n').filter((line) => line.startsWith('|')),
  }));

interface Item {
  [key: string]: unknown;
  id: number;
}

/** Changes what a path answers. */
function edit(metabase: Metabase, path: RegExp, change: (value: never) => void): void {
  const rewriteBody = (body: string): string => {
    const value = JSON.parse(body) as never;
    change(value);
    return JSON.stringify(value);
  };
  metabase.faults.push({ match: { method: 'GET', path }, do: { rewriteBody } });
}

const startingFrom = (card: number) => ({
  'lib/type': 'mbql/query',
  database: 1,
  stages: [{ 'lib/type': 'mbql.stage/mbql', 'source-card': card }],
});

/** A Metabase that has seen some years: people have left, columns are gone, and not everything was tidied up. */
function agedMetabase(): Metabase {
  const metabase = createMetabase({ now: () => Date.UTC(2026, 10, 21) });
  const builtOn = new Map([
    [48, 40],
    [51, 48],
  ]);
  edit(metabase, /^\/api\/user(\?|$)/, ({ data }: { data: Item[] }) => {
    for (const user of data) if (user['email'] === 'reader@example.com') user['is_active'] = false;
  });
  edit(metabase, /^\/api\/card\?f=all/, (cards: Item[]) => {
    for (const card of cards) {
      const below = builtOn.get(card.id);
      if (card.id === 38) card['archived'] = true;
      if (below !== undefined) Object.assign(card, { source_card_id: below, dataset_query: startingFrom(below) });
    }
  });
  edit(metabase, /^\/api\/table\/2\/query_metadata/, (table: { fields: Item[] }) => {
    table.fields = table.fields.filter(({ name }) => name !== 'CREATED_AT');
  });
  edit(metabase, /^\/api\/dashboard\/(1|6|7)(\?|$)/, (dashboard: Item) => {
    Object.assign(dashboard, { view_count: 20 * dashboard.id, last_viewed_at: new Date().toISOString() });
  });
  edit(metabase, /^\/api\/pulse(\?|$)/, (subscriptions: Item[]) => {
    for (const subscription of subscriptions) subscription['dashboard_id'] = 4;
  });
  edit(metabase, /^\/api\/collection\/graph(\?|$)/, ({ groups }: { groups: Record<string, object> }) => {
    Object.assign(groups[1] ?? {}, { 5: 'none', 6: 'none' });
    groups[4] = { 5: 'write', 6: 'read' };
  });
  return metabase;
}

/** A table of Markdown, one line after the other. */
function tableOf(rows: Record<string, unknown>[]): string[] {
  const cells = (values: unknown[]): string => `| ${values.map(String).join(' | ')} |`;
  const names = Object.keys(rows[0] ?? {});
  return [cells(names), ...rows.map((row) => cells(Object.values(row)))];
}

/** Without the spaces that make columns, and the line below the head. */
const plain = (line: string): string => line.replaceAll(/ *\| */g, '|');

test('ten questions have the answers of the page', async () => {
  const path = join(temporaryFolder(), 'metabase.duckdb');
  const { error } = await syncTo('duckdb', path, agedMetabase());
  expect(error).toBeUndefined();
  const { query } = await open('duckdb', path);
  for (const { heading, sql, answer } of questions) {
    const { rows } = await query(sql);
    expect({ heading, answer: tableOf(rows).map(plain) }).toEqual({
      heading,
      answer: answer.filter((line) => !/^[|\s:-]+$/.test(line)).map(plain),
    });
    expect(rows.length).toBeGreaterThan(1);
  }
  expect(questions).toHaveLength(10);
});
