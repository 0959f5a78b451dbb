import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstDay, someEvents } from './testing/example-flow-events.ts';
import { asItIs, type ForecastRequest, type ForecastInput, type WhatIf } from './input/forecast-input.ts';
import { inputFromEvents } from './testing/example-input.ts';
import { forecast } from './forecast.ts';
import type { NodeForecast } from './result.ts';

const today = firstDay + 240;
const request: ForecastRequest = {
  today,
  startMonth: 1,
  windows: [
    { kind: 'month', from: today - 5, until: today + 25 },
    { kind: 'quarter', from: today - 5, until: today + 86 },
  ],
  teams: [],
};

const factor = fc.double({ min: 0, max: 5, noNaN: true });

/** The forecast of every node without and with an assumption. */
const both = (input: ForecastInput, whatIf: Partial<WhatIf>): readonly { readonly now: NodeForecast; readonly then: NodeForecast }[] => {
  const then = forecast(input, request, { ...asItIs, ...whatIf }).nodes;
  return forecast(input, request).nodes.flatMap((now, n) => {
    const other = then[n];
    return other === undefined ? [] : [{ now, then: other }];
  });
};

const expectedOf = ({ existing }: NodeForecast): readonly number[] => existing.map(({ expected }) => expected);

/** The rounding error of a figure that is a sum of many rounded parts. */
const roughly = (figure: number): number => Math.abs(figure) * 1e-9 + 60;

describe('an assumption about arrivals', () => {
  it('scales future business with the number of arrivals and leaves existing business unchanged', () => {
    fc.assert(
      fc.property(someEvents, (events) => {
        const input = inputFromEvents(events, today);
        for (const arrivals of [0, 2, 10])
          for (const { now, then } of both(input, { arrivals })) {
            expect(expectedOf(then)).toEqual(expectedOf(now));
            expect([then.booked, then.mean]).toEqual([now.booked, now.mean + (arrivals - 1) * now.future]);
            expect(Math.abs(then.future - arrivals * now.future)).toBe(0);
            expect(then.futureWins).toBeCloseTo(arrivals * now.futureWins, 9);
          }
      }),
      { numRuns: 40 },
    );
  });

  it('changes future business in proportion, up to rounding, for any number', () => {
    fc.assert(
      fc.property(someEvents, factor, (events, arrivals) => {
        for (const { now, then } of both(inputFromEvents(events, today), { arrivals })) {
          expect(expectedOf(then)).toEqual(expectedOf(now));
          expect(Math.abs(then.future - arrivals * now.future)).toBeLessThanOrEqual(roughly(then.future));
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('an assumption about amounts', () => {
  it('scales existing and future business and leaves booked business unchanged', () => {
    fc.assert(
      fc.property(someEvents, factor, (events, amount) => {
        const pairs = both(inputFromEvents(events, today), { amount });
        // where the flow expects nothing, other amounts change nothing
        const isMissing = (kind: string) =>
          (pairs.find(({ now }) => now.node.level === 'total' && now.window.kind === kind)?.now.record.experts['flow'] ?? 0) <= 0;
        for (const { now, then } of pairs) {
          const by = isMissing(now.window.kind) ? 1 : amount;
          expect(then.booked).toBe(now.booked);
          expect(Math.abs(then.future - by * now.future)).toBeLessThanOrEqual(roughly(then.future));
          expectedOf(then).forEach((figure, n) => {
            expect(Math.abs(figure - amount * (expectedOf(now)[n] ?? 0))).toBeLessThanOrEqual(roughly(figure));
          });
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('an assumption about win rates', () => {
  it('moves existing and future business in the same direction as the rate', () => {
    fc.assert(
      fc.property(someEvents, factor, (events, winRate) => {
        for (const { now, then } of both(inputFromEvents(events, today), { winRate })) {
          const direction = Math.sign(winRate - 1);
          const parts = [...expectedOf(then).map((figure, n) => figure - (expectedOf(now)[n] ?? 0)), then.future - now.future];
          expect(parts.filter((difference) => difference * direction < 0)).toEqual([]);
          // a chance never exceeds 0.98, so existing business may grow by less, but never by more
          for (const [n, figure] of expectedOf(then).entries())
            expect(figure - winRate * (expectedOf(now)[n] ?? 0)).toBeLessThanOrEqual(roughly(figure));
          expect(then.booked).toBe(now.booked);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('an assumption about reps who leave', () => {
  it('removes the open and future business of those reps and changes nobody else', () => {
    fc.assert(
      fc.property(someEvents, (events) => {
        const pairs = both(inputFromEvents(events, today), { lostOwners: ['anna'] });
        const left = (one: NodeForecast) => [one.mean, one.future, one.existing];
        for (const { now, then } of pairs.filter(({ now: { node } }) => node.level === 'owner'))
          expect(left(then)).toEqual(now.node.key === 'anna' ? [now.booked, 0, []] : left(now));
        for (const { now, then } of pairs.filter(({ now: { node } }) => node.level === 'total')) {
          const anna = pairs.find(
            ({ now: { node, window } }) => node.level === 'owner' && node.key === 'anna' && window.kind === now.window.kind,
          );
          expect(now.mean - then.mean).toBe((anna?.now.mean ?? 0) - (anna?.now.booked ?? 0));
        }
      }),
      { numRuns: 40 },
    );
  });
});
