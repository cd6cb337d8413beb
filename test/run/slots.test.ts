// The limit on requests in flight.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSlots } from '../../engine/run/slots.ts';
import { settle } from '../support/turns.ts';

test('slots are given in the order of asking', async () => {
  const slots = createSlots(1);
  const order: string[] = [];
  const first = await slots.take();
  const later = ['a', 'b', 'c'].map(async (name) => {
    const giveBack = await slots.take();
    order.push(name);
    giveBack();
  });
  await settle();
  expect(order).toEqual([]);
  first();
  await Promise.all(later);
  expect(order).toEqual(['a', 'b', 'c']);
});

test('giving a slot back twice makes no second one', async () => {
  const slots = createSlots(1);
  const giveBack = await slots.take();
  giveBack();
  giveBack();
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
        const giveBack = await slots.take();
        most = Math.max(most, ++taken);
        await scheduler.schedule(Promise.resolve());
        taken -= 1;
        served += 1;
        giveBack();
      });
      await scheduler.waitFor(Promise.all(all));
      expect(most).toBeLessThanOrEqual(count);
      expect(served).toBe(takers);
    }),
  );
});
