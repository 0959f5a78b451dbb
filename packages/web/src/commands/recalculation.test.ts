import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { changesFigures, haveChanged, recalculate, recalculationKey } from './recalculation.ts';

const milestones = 'POST /opportunities/{opportunityId}/milestones';

describe('changesFigures', () => {
  it('is true for an order and its cancellation, and for nothing else', () => {
    expect(changesFigures({ key: milestones, patch: { status: 'won' } })).toBe(true);
    expect(changesFigures({ key: 'POST /opportunities/{opportunityId}/cancel', patch: {} })).toBe(true);
    expect(changesFigures({ key: milestones, patch: { nextMilestoneId: 'offer' } })).toBe(false);
    expect(changesFigures({ key: 'POST /opportunities/{opportunityId}/lose', patch: { status: 'lost' } })).toBe(false);
  });
});

describe('haveChanged', () => {
  const [attainment, forecast] = [
    { kind: 'GET /attainment', etag: 'a' },
    { kind: 'GET /forecasts', etag: 'f' },
  ];

  it('waits for every kind of figure that is shown', () => {
    expect(haveChanged([attainment, forecast], [{ ...attainment, etag: 'b' }, forecast])).toBe(false);
    expect(
      haveChanged(
        [attainment, forecast],
        [
          { ...attainment, etag: 'b' },
          { ...forecast, etag: 'g' },
        ],
      ),
    ).toBe(true);
    expect(haveChanged([attainment], [{ ...attainment, etag: 'b' }])).toBe(true);
  });

  it('says nothing where no figure is shown', () => {
    expect(haveChanged([], [])).toBe(false);
  });
});

describe('recalculate', () => {
  const played = async (changesAtRead: number) => {
    const client = new QueryClient();
    const waited: number[] = [];
    let reads = 0;
    const observer = new QueryObserver(client, {
      queryKey: ['GET /attainment', {}],
      queryFn: () => Promise.resolve({ body: {}, etag: (reads += 1) > changesAtRead ? 'after' : 'before' }),
    });
    const stop = observer.subscribe(() => undefined);
    await observer.refetch();
    let isTold: unknown;
    await recalculate(client, (millis) => {
      waited.push(millis);
      isTold = client.getQueryData(recalculationKey);
      return Promise.resolve();
    });
    stop();
    return { waited, isTold, isToldAfterwards: client.getQueryData(recalculationKey) };
  };

  it('reads again in growing steps until the figure has changed, and says so meanwhile', async () => {
    const { waited, isTold, isToldAfterwards } = await played(3);
    expect(waited).toEqual([500, 1000, 2000, 4000, 8000].slice(0, waited.length));
    expect(waited.length).toBeLessThan(5);
    expect([isTold, isToldAfterwards]).toEqual([true, false]);
  });

  it('gives up after the fifth time', async () => {
    expect((await played(99)).waited).toEqual([500, 1000, 2000, 4000, 8000]);
  });
});
