// Whatever happens in whatever order, a sync ends, and no reply is asked for twice without need.
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTurns } from '../support/turns.ts';
import { readWorld, REVISIONS, STREAMS, type Trouble, type World } from './nested.ts';

const idsOf = ({ items }: World): number[] =>
  items.flatMap((count, collection) => Array.from({ length: count }, (_, n) => collection * 100 + n));

const revisionsOf = (world: World): number[] =>
  idsOf(world).flatMap((id) => Array.from({ length: REVISIONS }, (_, revision) => id * 10 + revision));

const isDetail = (path: string): boolean => /^\/(dashboard|card)\//.test(path);
const passing: Trouble[] = ['busy', 'cut', 'dropped', 'expired', 'html'];

/** Something for each path, the same every time it is asked. */
function byPath<T>(seed: number, choices: readonly T[]): (path: string) => T {
  return (path) => {
    const hash = crc32(`${path} ${seed}`);
    return choices[hash % choices.length] as T;
  };
}

const seeds = fc.integer({ min: 0, max: 0xffff });
const worlds = fc.record({
  concurrency: fc.constantFrom(1, 2, 3),
  items: fc.constantFrom([], [1], [7], [6, 0, 2], [2, 3, 2, 1]),
  long: seeds,
  trouble: seeds,
  pick: fc.infiniteStream(fc.nat(50)).map((choices) => () => choices.next().value as number),
});

test('a reply that is asked for again comes, though later ones of its stream are waiting for their turn', async () => {
  const world: World = {
    concurrency: 2,
    items: [5],
    isLong: (path) => path.startsWith('/dashboard/'),
    trouble: (path) => (path === '/dashboard/0' ? 'busy' : undefined),
  };
  const turns = createTurns();
  const sleepLast = (): number =>
    Math.max(
      0,
      turns.names().findIndex((name) => !name.startsWith('sleep')),
    );
  const result = await readWorld(world, turns, sleepLast);
  expect(result.ids('dashboards')).toEqual([0, 1, 2, 3, 4]);
});

test('a stream that fails gives back what its later replies hold', async () => {
  const world: World = {
    concurrency: 2,
    items: [6],
    isLong: isDetail,
    trouble: (path) => (path === '/dashboard/0' ? 'refused' : undefined),
  };
  const turns = createTurns();
  const refusalLast = (): number =>
    Math.max(
      0,
      turns.names().findIndex((name) => name !== 'GET /dashboard/0'),
    );
  const result = await readWorld(world, turns, refusalLast);
  expect([result.status('dashboards'), result.status('cards')]).toEqual(['INCOMPLETE', 'COMPLETE']);
});

test('the next page of a partition comes, though long replies of later ones hold every slot', async () => {
  const world: World = {
    concurrency: 2,
    items: [5],
    isLong: (path) => path.startsWith('/revision/'),
    trouble: () => undefined,
  };
  const turns = createTurns();
  const nextPagesLast = (): number =>
    Math.max(
      0,
      turns.names().findIndex((name) => !/^GET .revision.\d+.\d/.test(name)),
    );
  const result = await readWorld(world, turns, nextPagesLast);
  expect(result.ids('revisions')).toEqual(revisionsOf(world));
});

test('a sync of nested parents and shared replies ends, in order, with each request sent once', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async ({ concurrency, items, long, pick }) => {
      const world: World = { concurrency, items, isLong: byPath(long, [true, false]), trouble: () => undefined };
      const result = await readWorld(world, createTurns(), pick);
      expect(STREAMS.map(result.status)).toEqual(STREAMS.map(() => 'COMPLETE'));
      expect(result.ids('collections')).toEqual(items.map((_, index) => index));
      for (const stream of ['items', 'dashboards', 'cards']) expect(result.ids(stream)).toEqual(idsOf(world));
      expect(result.ids('revisions')).toEqual(revisionsOf(world));
      expect(result.asked).toHaveLength(new Set(result.asked).size);
      expect(result.mostInFlight).toBeLessThanOrEqual(concurrency);
    }),
    { numRuns: 15 },
  );
});

test('a sync with troubles that pass ends complete, and repeats only what was in trouble', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async ({ concurrency, items, long, trouble, pick }) => {
      const of = byPath<Trouble | undefined>(trouble, [undefined, undefined, ...passing]);
      const world: World = {
        concurrency,
        items,
        isLong: byPath(long, [true, false]),
        trouble: (path) => (path === '/session' ? undefined : of(path)),
      };
      const result = await readWorld(world, createTurns(), pick);
      expect(STREAMS.map(result.status)).toEqual(STREAMS.map(() => 'COMPLETE'));
      for (const stream of ['items', 'dashboards', 'cards']) expect(result.ids(stream)).toEqual(idsOf(world));
      expect(result.ids('revisions')).toEqual(revisionsOf(world));
      const repeated = result.asked.filter((path, index) => path !== '/session' && result.asked.indexOf(path) < index);
      for (const path of repeated) expect(of(path)).toBeDefined();
    }),
    { numRuns: 15 },
  );
});

test('streams that fail do not stop the others', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async ({ concurrency, items, long, trouble, pick }) => {
      const of = byPath<Trouble | undefined>(trouble, [undefined, undefined, undefined, 'refused', 'gone']);
      const world: World = {
        concurrency,
        items,
        isLong: byPath(long, [true, true, false]),
        trouble: (path) => (isDetail(path) ? of(path) : undefined),
      };
      const result = await readWorld(world, createTurns(), pick);
      expect(['collections', 'items'].map(result.status)).toEqual(['COMPLETE', 'COMPLETE']);
      for (const [stream, kind] of [
        ['dashboards', 'dashboard'],
        ['cards', 'card'],
      ] as const) {
        const troubles = idsOf(world).map((id) => of(`/${kind}/${id}`));
        expect(result.status(stream)).toBe(troubles.includes('refused') ? 'INCOMPLETE' : 'COMPLETE');
        const whole = troubles.includes('refused') ? troubles.indexOf('refused') : troubles.length;
        expect(result.ids(stream)).toEqual(
          idsOf(world).filter((_, index) => index < whole && troubles[index] !== 'gone'),
        );
      }
    }),
    { numRuns: 15 },
  );
});

test('a sync that is stopped ends, at whatever moment', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, fc.nat(40), async ({ concurrency, items, long, trouble, pick: choose }, stopAt) => {
      const of = byPath<Trouble | undefined>(trouble, [undefined, ...passing]);
      const world: World = {
        concurrency,
        items,
        isLong: byPath(long, [true, false]),
        trouble: (path) => (path === '/session' ? undefined : of(path)),
      };
      const abort = new AbortController();
      const turns = createTurns();
      let turn = 0;
      const pick = (): number => {
        if (turn++ === stopAt) abort.abort(new Error('stopped'));
        return choose();
      };
      const result = await readWorld(world, turns, pick, abort.signal);
      for (const status of STREAMS.map(result.status)) expect(['COMPLETE', 'INCOMPLETE']).toContain(status);
    }),
    { numRuns: 15 },
  );
});
