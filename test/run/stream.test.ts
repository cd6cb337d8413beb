// The rows of one stream, in order.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Partition, Retriever } from '../../engine/components/kinds.ts';
import { readStream } from '../../engine/run/stream.ts';
import { type Row, rowOfValue } from '../../engine/text/row.ts';
import { all } from '../support/component.ts';
import { createTurns, settle } from '../support/turns.ts';

const idOf = (row: Row): unknown => row.value()['id'];

/** A retriever of so many partitions with two rows each; `wait` is what a reply takes. */
function retriever(count: number, wait: (partition: number) => Promise<unknown>) {
  const state = { requested: 0, inFlight: 0, most: 0, closed: [] as number[], isEnded: false };

  async function* rowsOf(number: number): AsyncIterable<Row> {
    try {
      yield await Promise.resolve(rowOfValue({ id: number * 10 }));
      yield rowOfValue({ id: number * 10 + 1 });
    } finally {
      state.closed.push(number);
    }
  }

  const made: Retriever = {
    isOffered: () => Promise.resolve(true),
    async *partitions(): AsyncIterable<Partition> {
      try {
        for (let number = 0; number < count; number += 1) {
          yield await Promise.resolve({ values: { number }, extraFields: {} });
        }
      } finally {
        state.isEnded = true;
      }
    },
    async retrieve({ values }) {
      const number = values['number'] as number;
      state.requested += 1;
      state.most = Math.max(state.most, ++state.inFlight);
      await wait(number);
      state.inFlight -= 1;
      return rowsOf(number);
    },
  };
  return { made, state };
}

const expected = (count: number): number[] =>
  Array.from({ length: count }, (_, number) => [number * 10, number * 10 + 1]).flat();

test('the rows come in the order of the partitions, whatever takes how long and however many go at once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(20),
      fc.integer({ min: 1, max: 8 }),
      fc.scheduler(),
      async (count, concurrency, scheduler) => {
        const { made, state } = retriever(count, () => scheduler.schedule(Promise.resolve()));
        const rows = await scheduler.waitFor(all(readStream(made, concurrency)));
        expect(rows.map(idOf)).toEqual(expected(count));
        expect(state.most).toBeLessThanOrEqual(concurrency);
        expect(state.closed).toEqual(Array.from({ length: count }, (_, number) => number));
      },
    ),
  );
});

test.each([1, 3])('a slow reply stops %d at once only when twice as many wait for it', async (concurrency) => {
  const turns = createTurns();
  const { made, state } = retriever(100, (number) => (number === 0 ? turns.wait('slow') : Promise.resolve()));
  const rows = all(readStream(made, concurrency));
  await settle();
  expect(state.requested).toBe(concurrency === 1 ? 1 : 2 * concurrency);
  await turns.let('slow');
  expect((await rows).map(idOf)).toEqual(expected(100));
});

test('an early end stops requesting', async () => {
  const { made, state } = retriever(1000, () => Promise.resolve());
  for await (const row of readStream(made, 2)) if (idOf(row) === 10) break;
  await settle();
  expect(state.requested).toBeLessThan(10);
  expect(state.isEnded).toBe(true);
});

test('after an early end every reply that came is closed', async () => {
  const { made, state } = retriever(1000, () => Promise.resolve());
  for await (const row of readStream(made, 3)) if (idOf(row) === 0) break;
  await settle();
  expect(state.closed).toHaveLength(state.requested);
});

test('a reply that fails fails the stream in its turn, after the rows before it', async () => {
  const { made, state } = retriever(9, (number) =>
    number === 2 ? Promise.reject(new Error('no')) : Promise.resolve(),
  );
  const ids: unknown[] = [];
  const read = async (): Promise<void> => {
    for await (const row of readStream(made, 4)) ids.push(idOf(row));
  };
  await expect(read()).rejects.toThrow('no');
  await settle();
  expect(ids).toEqual(expected(2));
  expect(state.closed).toHaveLength(state.requested - 1);
});

test('partitions that fail fail the stream', async () => {
  const made: Retriever = {
    isOffered: () => Promise.resolve(true),
    partitions: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('parent')) }) }),
    retrieve: () => Promise.reject(new Error('unexpected')),
  };
  await expect(all(readStream(made, 2))).rejects.toThrow('parent');
});
