import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstDay, someEvents } from '../testing/example-flow-events.ts';
import { explainChange } from '../change.ts';
import type { ForecastRequest, ForecastInput } from '../input/forecast-input.ts';
import { inputFromEvents, historiesFromEvents, milestones } from '../testing/example-input.ts';
import type { FlowEvent } from '../counts/flow-events.ts';
import { forecast } from '../forecast.ts';
import { openStateOn, type OpportunityHistory, type Cell } from '../input/history.ts';
import { outsizedFrom } from '../amounts/outsized.ts';
import { replayFirstForecasts } from '../replay/replay-days.ts';
import type { NodeForecast } from '../result.ts';
import { situationOf } from '../input/situation-of-input.ts';

const today = firstDay + 240;
const request: ForecastRequest = {
  today,
  startMonth: 1,
  windows: [
    { kind: 'month', from: today - 5, until: today + 25 },
    { kind: 'quarter', from: today - 5, until: today + 86 },
  ],
  teams: [{ key: 'all', teamIds: ['north', 'south', ''] }],
};

type One = { readonly cell: Cell; readonly milestone: string; readonly minor: number };

const sellers = ['anna north', 'ben north', 'cora south', 'dora south', ' '];
const cellOf = (seller: string, segment: string): Cell => {
  const [ownerId = '', teamId = ''] = seller.split(' ');
  return { processId: '', segment, teamId, ownerId };
};

/** From one cent to a hundred billion. */
const one: fc.Arbitrary<One> = fc.record({
  cell: fc.tuple(fc.constantFrom(...sellers), fc.constantFrom('large', 'small', '')).map(([who, segment]) => cellOf(who, segment)),
  milestone: fc.constantFrom('', ...milestones),
  minor: fc.double({ min: 0, max: 13, noNaN: true }).map((digits) => Math.round(10 ** digits)),
});

/** Adds an opportunity that arrives on the day of the forecast, so that nothing has been learnt from it yet. */
const withOne = (input: ForecastInput, { cell, milestone, minor }: One, { id = 'one-more', since = today } = {}): ForecastInput => {
  const history: OpportunityHistory = {
    id,
    dwells: [{ milestone, since, until: null, exit: null }],
    cells: [{ since, cell }],
    amounts: [{ since, minor }],
    orders: [],
  };
  return { ...input, open: [...input.open, history] };
};

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const nameOf = ({ node, window }: NodeForecast): string => [window.kind, node.level, node.key].join(' ');
const countOf = ({ existing }: NodeForecast): number => sum(existing.map(({ opportunities }) => opportunities));

/** The forecasts of the nodes that the opportunity belongs to, without it and with it. */
const pairs = (input: ForecastInput, more: ForecastInput): readonly { readonly was: NodeForecast; readonly is: NodeForecast }[] => {
  const before = new Map(forecast(input, request).nodes.map((node) => [nameOf(node), node]));
  return forecast(more, request).nodes.flatMap((is) => {
    const was = before.get(nameOf(is));
    return was !== undefined && countOf(is) > countOf(was) ? [{ was, is }] : [];
  });
};

/** The tolerance: one unit of the currency, an error in the eighth digit of a quantile, and a few minor units of rounding for each part of a sum. */
const slack = ({ existing }: NodeForecast, figure: number): number => 100 + 1e-8 * figure + 5 * (existing.length + 1);

const fallen = ({ was, is }: { readonly was: NodeForecast; readonly is: NodeForecast }): readonly string[] =>
  (['mean', 'p10', 'p50', 'p90'] as const)
    .filter((figure) => is[figure] < was[figure] - slack(is, was[figure]))
    .map((figure) => `${nameOf(is)} ${figure}: ${was[figure]} to ${is[figure]}`);

const taught = (events: readonly FlowEvent[]): ForecastInput => {
  const input = inputFromEvents(events, today);
  const windows = [60, 90, 120, 150, 180, 210].map((day) => ({ kind: 'month', from: firstDay + day, until: firstDay + day + 30 }));
  return {
    ...input,
    earlierForecasts: replayFirstForecasts(historiesFromEvents(events), {
      startMonth: 1,
      processes: input.processes,
      windows,
      teams: request.teams,
    }),
  };
};

describe('one more opportunity', () => {
  it('lowers neither the mean nor a quantile of its nodes by more than a unit of the currency, for any amount and milestone', () => {
    fc.assert(
      fc.property(someEvents, one, (events, more) => {
        const input = inputFromEvents(events, today);
        expect(pairs(input, withOne(input, more)).flatMap(fallen)).toEqual([]);
      }),
    );
  });

  it('lowers neither the mean nor a quantile after the forecast has learnt from ended windows', () => {
    fc.assert(
      fc.property(someEvents, one, (events, more) => {
        const input = taught(events);
        expect(pairs(input, withOne(input, more)).flatMap(fallen)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('keeps the quantiles ordered and above what is booked, and all levels adding up', () => {
    fc.assert(
      fc.property(someEvents, fc.array(one, { minLength: 1, maxLength: 12 }), (events, several) => {
        const input = several.reduce((all, more, n) => withOne(all, more, { id: `more-${n}` }), inputFromEvents(events, today));
        const { nodes } = forecast(input, request);
        for (const { booked, p10, p50, p90, mean, existing, future } of nodes) {
          expect([booked, p10, p50, p90]).toEqual([booked, p10, p50, p90].toSorted((a, b) => a - b));
          expect(mean).toBe(booked + future + sum(existing.map(({ expected }) => expected)));
        }
        for (const { kind } of request.windows)
          for (const level of ['process', 'owner', 'segment', 'team'] as const) {
            const at = nodes.filter(({ node, window }) => node.level === level && node.key !== 'all' && window.kind === kind);
            const whole = nodes.find(({ node, window }) => node.level === 'total' && window.kind === kind);
            expect([level, sum(at.map((part) => part.mean)), sum(at.map((part) => part.future))]).toEqual([
              level,
              whole?.mean,
              whole?.future,
            ]);
          }
        expect(forecast({ ...input, open: input.open.toReversed() }, request).nodes).toEqual(nodes);
      }),
      { numRuns: 40 },
    );
  });
});

describe('an outsized opportunity', () => {
  /** Three sellers with an order of about 100.00 every five days, and some open opportunities. */
  const business: readonly FlowEvent[] = Array.from({ length: 60 }, (_, n): readonly FlowEvent[] => {
    const [owner = '', team = ''] = (sellers[n % 3] ?? '').split(' ');
    const who = { opportunityId: `b${n}`, owner, team, segment: n % 2 === 0 ? 'large' : 'small' };
    const day = firstDay + n * 4;
    return [
      { ...who, day, kind: 'created', milestone: '', minor: 8_000 + (n % 7) * 1_000 },
      { ...who, day: day + 6 + (n % 5), kind: 'milestone', milestone: milestones[n % 3] ?? 'need', minor: null },
      ...(n % 4 === 3
        ? []
        : [{ ...who, day: day + 14 + (n % 11), kind: n % 4 === 0 ? ('lost' as const) : ('won' as const), milestone: '', minor: null }]),
    ];
  }).flat();
  const input = taught(business);
  const partsOf = ({ existing, future, booked }: NodeForecast, without?: string) => ({
    existing: existing.filter(({ milestone }) => milestone !== without),
    future,
    booked,
  });

  it('is one worth at least 25 typical orders, regardless of what else is open', () => {
    const limit = outsizedFrom(situationOf(input, request));
    expect(limit).toBeGreaterThan(25 * 8_000);
    expect(limit).toBeLessThan(25 * 14_000);
    const more = withOne(input, { cell: cellOf('anna north', 'large'), milestone: 'offer', minor: 500_000_000 });
    expect(outsizedFrom(situationOf(more, request))).toBe(limit);
  });

  it('changes neither what others bring nor future business', () => {
    const outsized = one.map((more) => ({ ...more, minor: more.minor + 400_000 }));
    fc.assert(
      fc.property(outsized, (more) => {
        const { nodes } = forecast(input, request);
        const known = new Map(forecast(withOne(input, more), request).nodes.map((node) => [nameOf(node), node]));
        const compared = nodes.flatMap((was) => {
          const is = known.get(nameOf(was));
          return is === undefined ? [] : [{ was, is }];
        });
        expect(compared.length).toBe(nodes.length);
        for (const { was, is } of compared) expect(partsOf(is, more.milestone)).toEqual(partsOf(was, more.milestone));
        for (const { was, is } of compared.filter((two) => countOf(two.is) === countOf(two.was))) expect(is).toEqual(was);
      }),
    );
  });

  it('adds its chance times its amount to the mean, and is in P90 only if it is likelier than one in ten', () => {
    const cell = cellOf('anna north', 'large');
    const added = (minor: number, milestone: string) =>
      pairs(input, withOne(input, { cell, milestone, minor })).filter(({ is }) => is.node.level === 'total');
    for (const milestone of ['', ...milestones])
      for (const [million, ten] of [[added(100_000_000, milestone), added(1_000_000_000, milestone)]])
        million?.forEach(({ was, is }, n) => {
          const more = is.mean - was.mean;
          expect(Math.abs((ten?.[n]?.is.mean ?? 0) - was.mean - 10 * more)).toBeLessThanOrEqual(10);
          const chance = more / 100_000_000;
          expect([milestone, chance, is.p90 > 50_000_000]).toEqual([milestone, chance, chance > 0.1]);
          expect(is.p10).toBeLessThan(50_000_000);
        });
  });

  it('is explained as new business, and the rest of the explanation is unchanged', () => {
    const later = { ...request, today: today + 1 };
    const dear = { cell: cellOf('ben north', 'small'), milestone: 'trial', minor: 900_000_000 };
    const more = withOne(input, dear, { since: later.today });
    const [before] = forecast(input, request).nodes;
    const touched = more.open.filter((history) => openStateOn(history, today - 1) !== undefined || history.id === 'one-more');
    const explanations = [input, more].map((known) => {
      const [after] = forecast(known, later).nodes;
      if (before === undefined || after === undefined) throw new Error('there is always a total');
      const compared = { before: { today, forecast: before }, after, today: later.today, startMonth: 1 };
      return {
        mean: after.mean,
        ...explainChange(
          known,
          compared,
          touched.filter(({ id }) => known === more || id !== 'one-more'),
        ),
      };
    });
    const [without, dearer] = explanations;
    if (without === undefined || dearer === undefined) throw new Error('both are explained');
    const added = dearer.mean - without.mean;
    expect(added).toBeGreaterThan(0);
    expect({ ...dearer, mean: 0, difference: 0, arrived: 0, recalibration: 0 }).toEqual({
      ...without,
      mean: 0,
      difference: 0,
      arrived: 0,
      recalibration: 0,
    });
    expect(dearer.difference - without.difference).toBe(added);
    expect(Math.abs(dearer.arrived - without.arrived - added)).toBeLessThanOrEqual(1);
  });
});
