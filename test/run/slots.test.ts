// The limit on requests in flight.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSlots, type Slots } from '../../engine/run/slots.ts';
import { settle } from '../support/turns.ts';

test('slots are given in the order of asking', async () => {
  const slots = createSlots(1);
  const order: string[] = [];
  const first = await slots.take();
  const later = ['a', 'b', 'c'].map(async (name) => {
    const slot = await slots.take();
    order.push(name);
    slot.giveBack();
  });
  await settle();
  expect(order).toEqual([]);
  first.giveBack();
  await Promise.all(later);
  expect(order).toEqual(['a', 'b', 'c']);
});

test('giving a slot back twice makes no second one', async () => {
  const slots = createSlots(1);
  const slot = await slots.take();
  slot.giveBack();
  slot.giveBack();
  await slots.take();
  let isTaken = false;
  void slots.take().then(() => (isTaken = true));
  await settle();
  expect(isTaken).toBe(false);
});

test('never more are taken than there are, whoever takes how long, and everybody gets one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 5 }), fc.nat(20), async (scheduler, count, takers) => {
      const slots = createSlots(count);
      let [taken, most, served] = [0, 0, 0];
      const all = Array.from({ length: takers }, async () => {
        await scheduler.schedule(Promise.resolve());
        const slot = await slots.take();
        most = Math.max(most, ++taken);
        await scheduler.schedule(Promise.resolve());
        taken -= 1;
        served += 1;
        slot.giveBack();
      });
      await scheduler.waitFor(Promise.all(all));
      expect(most).toBeLessThanOrEqual(count);
      expect(served).toBe(takers);
    }),
  );
});

/** Whether a slot is given without anybody giving one back. */
async function isGiven(slots: Slots, isNextPage: boolean): Promise<boolean> {
  let isTaken = false;
  void slots.take(isNextPage).then(() => (isTaken = true));
  await settle();
  return isTaken;
}

test('a next page does not wait for replies that wait for their turn; other requests do', async () => {
  const slots = createSlots(1);
  const long = await slots.take();
  expect(await isGiven(slots, true)).toBe(false);
  long.rest();
  await settle();
  expect(await isGiven(slots, false)).toBe(false);
});

test('next pages are no more than there are slots', async () => {
  const slots = createSlots(2);
  for (const slot of [await slots.take(), await slots.take()]) slot.rest();
  expect([await isGiven(slots, true), await isGiven(slots, true), await isGiven(slots, true)]).toEqual([
    true,
    true,
    false,
  ]);
});

test('a reply that rested gives its slot back like any other', async () => {
  const slots = createSlots(1);
  const slot = await slots.take();
  slot.rest();
  slot.rest();
  slot.giveBack();
  slot.rest();
  expect([await isGiven(slots, false), await isGiven(slots, false)]).toEqual([true, false]);
});
