// How many requests are in flight: every slot is in use as long as there is something to ask, whoever answers slowly.
import { expect, test } from 'vitest';
import { createTurns } from '../support/turns.ts';
import { readWorld, type World } from './nested.ts';

const CONCURRENCY = 8;
const isParent = (name: string): boolean => name.includes('/items');

/** Reads the dashboards of so many collections with so many dashboards each; tells how many requests waited at each answer. */
async function waitingAtEachAnswer(collections: number, dashboards: number, choose: (names: string[]) => number) {
  const world: World = {
    concurrency: CONCURRENCY,
    items: Array.from({ length: collections }, () => dashboards),
    isLong: () => false,
    trouble: () => undefined,
    streams: ['dashboards'],
  };
  const turns = createTurns();
  const waiting: number[] = [];
  const { asked, ids } = await readWorld(world, turns, (count) => {
    waiting.push(count);
    return choose(turns.names());
  });
  return { waiting, asked, ids: ids('dashboards') };
}

const choices: [string, (names: string[]) => number][] = [
  ['in the order of asking', () => 0],
  [
    'for parents last',
    (names) =>
      Math.max(
        0,
        names.findIndex((name) => !isParent(name)),
      ),
  ],
  ['for parents first', (names) => Math.max(0, names.findIndex(isParent))],
];

// The login and the list of collections are each asked for alone; the last requests are fewer and fewer.
const fullAt = (requests: number): number[] => [
  ...[1, 1],
  ...Array.from({ length: requests - 2 }, (_, index) => Math.min(CONCURRENCY, requests - 2 - index)),
];

test.each(choices)('parents without children fill every slot, when answers come %s', async (_, choose) => {
  const { waiting, asked } = await waitingAtEachAnswer(40, 0, choose);
  expect(asked).toHaveLength(42);
  expect(waiting).toEqual(fullAt(42));
});

test.each(choices)('parents and their children fill every slot, when answers come %s', async (_, choose) => {
  const { waiting, asked, ids } = await waitingAtEachAnswer(20, 3, choose);
  expect(asked).toHaveLength(82);
  expect(ids).toHaveLength(60);
  // Up to the answers of 12 parents and their children there are parents left to ask; after that slow ones may be all that is known.
  expect(waiting.slice(0, 50)).toEqual(fullAt(82).slice(0, 50));
});
