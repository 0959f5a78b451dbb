import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cancelled, quotaInMemory, won } from '../../testing/quota-in-memory.ts';

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
