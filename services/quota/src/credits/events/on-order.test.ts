import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cancelled, corrected, partlyCancelled, quotaInMemory, won } from '../../testing/quota-in-memory.ts';

it('attainment counts an order and its cancellation as 0, in any order of arrival and however often they arrive', async () => {
  const orders = ['a', 'b', 'c'].map((id) => won(id));
  const events = [...orders, ...orders.slice(0, 2).map((order) => cancelled(order))];
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([...events, ...events], { minLength: 10 }), async (deliveries) => {
      const { setUp, receive, attainment, events: emitted } = quotaInMemory();
      await setUp();
      for (const delivery of deliveries) await receive(delivery);
      expect((await attainment('rep:ann', 'FY2026')).json).toMatchObject({ achieved: { amount: '100.00' } });
      expect((await attainment('team:north', 'FY2026')).json).toMatchObject({ achieved: { amount: '100.00' } });
      expect(emitted().filter((event) => event.name.startsWith('Credit'))).toHaveLength(5);
    }),
    { numRuns: 30 },
  );
});

it('attainment counts a corrected and partly cancelled order as it is in force, in any order of arrival and however often they arrive', async () => {
  const order = won('a', { minor: 100_000 });
  const right = corrected(order, { minor: 60_000, teamId: 'south', at: '2026-02-10T12:00:00.000Z' });
  const part = partlyCancelled(right, 20_000);
  const events = [order, right, part];
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([...events, ...events], { minLength: 6 }), async (deliveries) => {
      const { setUp, receive, attainment } = quotaInMemory();
      await setUp();
      for (const delivery of deliveries) await receive(delivery);
      const achieved = async (node: string, period: string) => (await attainment(node, period)).json;
      expect(await achieved('rep:ann', 'FY2026')).toMatchObject({
        achieved: { amount: '400.00' },
        recorded: { amount: { amount: '400.00' } },
      });
      expect(await achieved('team:north', '2026-03')).toMatchObject({ achieved: { amount: '0.00' } });
      expect(await achieved('team:south', '2026-02')).toMatchObject({ achieved: { amount: '600.00' } });
      expect(await achieved('team:south', '2026-05')).toMatchObject({ achieved: { amount: '-200.00' } });
    }),
    { numRuns: 20 },
  );
});
