// The usage analytics of Metabase Pro and Enterprise. Nothing of it is recorded: the models, their ids and their columns are those
// of Metabase's source and documentation (S), values are written as the recorded exports write theirs (R).
import type { Settings } from '../options.ts';
import type { Row } from '../row.ts';

/** Id of the read-only database over Metabase's own tables (S). */
export const USAGE_DATABASE_ID = 13371337;

type Column = (index: number) => unknown;

export type UsageModel = {
  cardId: number;
  /** The same on every instance and in every version since 0.48 (S). */
  entityId: string;
  name: string;
  columns: Record<string, Column>;
};

const FIRST_MOMENT = Date.UTC(2026, 9, 1);
const STEP_MS = 7 * 3_600_000 + 12_345;
const PEOPLE = 4;

const moment: Column = (index) => new Date(FIRST_MOMENT + index * STEP_MS).toISOString().replace('Z', '482Z');
const number: Column = (index) => index + 1;
const nothing: Column = () => null;
const never: Column = () => false;
const constant =
  (value: unknown): Column =>
  () =>
    value;
const userId: Column = (index) => (index % 5 === 4 ? null : (index % PEOPLE) + 1);
const cardId: Column = (index) => 37 + (index % 10);
const qualifiedCardId: Column = (index) => `card_${37 + (index % 10)}`;

/** Columns that embedding has added to the models over time. */
const ORIGIN: Record<string, Column> = {
  'Embedding Client': nothing,
  'Auth Method': constant('session'),
  'Is Preview': never,
  'Metabase Version': constant('v1.58.0'),
  'Embedding SDK Package Version': nothing,
  'Tenant ID': nothing,
  'Embedding Hostname': nothing,
  'Embedding Path': nothing,
  'User Agent': constant('Mozilla/5.0'),
  'Sanitized User Agent': constant('Browser (Firefox/Linux)'),
  'IP Address': constant('192.0.2.7'),
};

export const USAGE_MODELS: UsageModel[] = [
  {
    cardId: 13371001,
    entityId: 'P6Ityjj7igswKh4NgZZjz',
    name: 'View log',
    columns: {
      ID: number,
      Timestamp: moment,
      'User ID': userId,
      'Entity Type': constant('card'),
      'Entity ID': cardId,
      'Entity Qualified ID': qualifiedCardId,
      ...ORIGIN,
      Context: constant('question'),
    },
  },
  {
    cardId: 13371002,
    entityId: 'QOtZaiTLf2FDD4AT6Oinb',
    name: 'Query log',
    columns: {
      'Entity ID': number,
      'Started At': moment,
      'Running Time Seconds': (index) => (index % 40) / 8,
      'Result Rows': (index) => index * 10,
      'Is Native': (index) => index % 2 === 0,
      'Query Source': constant('question'),
      Error: (index) => (index % 9 === 8 ? 'Column "NOPE" not found' : null),
      'User ID': userId,
      'Card ID': cardId,
      'Card Qualified ID': qualifiedCardId,
      'Dashboard ID': nothing,
      'Dashboard Qualified ID': nothing,
      'Pulse ID': nothing,
      'Database ID': constant(1),
      'Database Qualified ID': constant('database_1'),
      'Cache Hit': never,
      'Action ID': nothing,
      'Action Qualified ID': nothing,
      Query: constant('{"database":1,"type":"native","native":{"query":"select 1"}}'),
      ...ORIGIN,
      'Is Sandboxed': never,
      'Is Impersonated': never,
      'Is Db Routed': never,
      Parameters: nothing,
    },
  },
  {
    cardId: 13371003,
    entityId: '-lNDM3tJmuL5ltGbX0oyT',
    name: 'Activity log',
    columns: {
      ID: number,
      Topic: constant('card-create'),
      Timestamp: moment,
      'End Timestamp': nothing,
      'User ID': userId,
      'Entity Type': constant('card'),
      'Entity ID': cardId,
      'Entity Qualified ID': qualifiedCardId,
      Details: constant('{"name":"Orders"}'),
    },
  },
];

/** All rows of a model as a JSON export has them: under the display names, in the order of their ids. */
export function usageRows({ columns }: UsageModel, { usageRows: count }: Settings): Row[] {
  const names = Object.entries(columns);
  return Array.from({ length: count }, (_, index) =>
    Object.fromEntries(names.map(([name, valueAt]) => [name, valueAt(index)])),
  );
}
