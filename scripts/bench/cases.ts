// What is measured: each case is a task, the world that it is done in, and the programs that do it.
import type { ProgramName, Verb } from './programs.ts';
import type { World } from './simulator.ts';

export interface Case {
  readonly name: string;
  /** Cases of a group are run by its name, and share a table. */
  readonly group: keyof typeof GROUPS;
  readonly title: string;
  readonly verb: Verb;
  /** Undefined where no server is needed. */
  readonly world?: World;
  readonly streams?: readonly string[];
  readonly programs: readonly ProgramName[];
}

const STARTUP_TIMES = 3;
const TWENTY_MS = { 'latency-ms': 20 };

/** `times`: how often the cases run for each run asked for. Short ones run more often, for their noise is larger. */
export const GROUPS = {
  startup: { title: 'Start-up', times: STARTUP_TIMES },
  cards: { title: 'Reading cards', times: 1 },
  dashboards: { title: 'Dashboards, one request each, at 20 ms', times: 1 },
  check: { title: 'check', times: 1 },
  sync: { title: 'A sync of all streams', times: 1 },
};

const ALL_STREAMS = ['cards', 'collections', 'dashboards', 'users', 'databases', 'native_query_snippets'];

const cards = (name: string, title: string, count: number, programs: readonly ProgramName[]): Case => ({
  name,
  group: 'cards',
  title,
  verb: 'read',
  world: { size: 'empty', cards: count },
  streams: ['cards'],
  programs,
});

export const CASES: readonly Case[] = [
  {
    name: 'spec',
    group: 'startup',
    title: 'spec',
    verb: 'spec',
    programs: ['source-metabase', 'node -e 0', 'reference'],
  },
  {
    name: 'discover',
    group: 'startup',
    title: 'discover',
    verb: 'discover',
    programs: ['source-metabase', 'node -e 0', 'reference'],
  },
  {
    name: 'check',
    group: 'startup',
    title: 'check',
    verb: 'check',
    world: { size: 'small' },
    programs: ['source-metabase', 'node -e 0', 'reference'],
  },
  {
    name: 'validate',
    group: 'startup',
    title: 'validate, 90 kB, after a key stroke',
    verb: 'validate',
    programs: ['source-metabase', 'node -e 0'],
  },
  {
    name: 'validate-own',
    group: 'startup',
    title: 'validate, our files, after a key stroke in one',
    verb: 'validate own',
    programs: ['source-metabase', 'node -e 0'],
  },
  cards('cards-1k', '1,000 cards', 1_000, ['source-metabase', 'same manifest', 'floor', 'reference']),
  cards('cards-10k', '10,000 cards', 10_000, ['source-metabase', 'same manifest', 'floor', 'reference']),
  cards('cards-100k', '100,000 cards', 100_000, ['source-metabase', 'same manifest', 'floor', 'reference']),
  cards('cards-1gb', '310,000 cards', 310_000, ['source-metabase', 'same manifest', 'floor']),
  {
    name: 'dashboards',
    group: 'dashboards',
    title: '2,000 dashboards in 500 collections',
    verb: 'read',
    world: { dashboards: 2_000, collections: 500, ...TWENTY_MS },
    streams: ['dashboards'],
    programs: ['source-metabase', 'same manifest', 'reference'],
  },
  {
    name: 'check-empty',
    group: 'check',
    title: 'an empty instance',
    verb: 'check',
    world: { size: 'empty', ...TWENTY_MS },
    programs: ['source-metabase', 'reference'],
  },
  {
    name: 'check-500',
    group: 'check',
    title: '500 collections, no dashboard',
    verb: 'check',
    world: { collections: 500, dashboards: 0, ...TWENTY_MS },
    programs: ['source-metabase', 'reference'],
  },
  {
    name: 'sync',
    group: 'sync',
    title: '400 cards, 200 dashboards, 20 collections',
    verb: 'read',
    world: { size: 'nested' },
    streams: ALL_STREAMS,
    programs: ['source-metabase', 'same manifest', 'reference'],
  },
];
