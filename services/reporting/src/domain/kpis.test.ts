import { boundsOf, day, periodNamed, planId, timeZone, toInstant, type FiscalCalendar } from '@meilenstein/kernel';
import type { Node, ReportedEnvelope } from '@meilenstein/contracts';
import { describe, expect, it } from 'vitest';
import { absorbed, assigned, cancelled, captured, converted, credited, lost, reached, restored, touched, won } from '../example-events.ts';
import { countablesOf } from './facts.ts';
import { before, factsOf } from './known-facts.ts';
import { kpis } from './kpi-dictionary.ts';

const zone = timeZone.parse('Europe/Berlin');
const calendar: FiscalCalendar = { kind: 'months', startMonth: 1 };
const everyone: Node = { level: 'company', key: 'company' };
const north: Node = { level: 'team', key: 'north' };
const bob: Node = { level: 'rep', key: 'bob' };

/** What a KPI says of the week 2026-W10 (2 to 8 March, Berlin), as `dimension: numerator/denominator`. */
const measured = (
  id: string,
  events: readonly ReportedEnvelope[],
  { node = everyone, cutOff = '2026-03-08T23:00:00.000Z' } = {},
): readonly string[] => {
  const period = periodNamed(calendar, '2026-W10');
  const kpi = kpis.find((one) => one.id === id);
  if (period === undefined || kpi === undefined) throw new Error(`no KPI ${id}`);
  const bounds = boundsOf(period, zone);
  const countables = [...Map.groupBy(events, (event) => event.subject).values()].flatMap(countablesOf);
  const target = {
    node: everyone,
    recordedAt: toInstant('2026-01-02T00:00:00Z'),
    planId: planId.parse('p'),
    effectiveFrom: day.parse('2026-01-01'),
    planVersion: 1,
    fiscalYear: 2026,
    months: Array.from({ length: 12 }, () => 1000),
  };
  const facts = factsOf({ countables: before(toInstant(cutOff), countables), targets: [target], calendar }, node);
  return kpi
    .measure(facts, { period, ...bounds, cutOff: toInstant(cutOff), zone, calendar, node })
    .map(
      (one) =>
        `${one.dimension}: ${one.numerator}/${one.denominator}${one.value === null ? ' null' : ''}${one.immature ? ' immature' : ''}`,
    );
};

describe('leads', () => {
  it('counts persons of the week, and touchpoints beside them', () => {
    const events = [
      captured('a'),
      captured('b', { at: '2026-03-01T22:59:59.000Z' }),
      captured('c', { at: '2026-03-01T23:00:00.000Z' }),
      captured('d', { at: '2026-03-08T23:00:00.000Z' }),
      touched('t'),
    ];
    expect(measured('leads', events)).toEqual([': 2/null', 'touchpoints: 1/null', 'quarantined: 0/null']);
  });

  it('counts a lead for the rep and team that got it first, as known before the cut-off', () => {
    const events = [
      captured('a'),
      assigned('a'),
      captured('b'),
      assigned('b', { recordedAt: '2026-03-09T00:00:00.000Z', at: '2026-03-04T00:00:00.000Z' }),
    ];
    expect(measured('leads', events, { node: north })).toEqual([': 1/null']);
    expect(measured('leads', events, { node: bob })).toEqual([': 0/null']);
  });

  it('counts a lead for its owner in the week of the assignment, though it was captured in the week before', () => {
    const events = [captured('a', { at: '2026-02-27T10:00:00.000Z' }), assigned('a')];
    expect(measured('leads', events)[0]).toBe(': 0/null');
    expect(measured('leads', events, { node: north })).toEqual([': 1/null']);
  });

  it('takes a person who turns out to be known off in the week of the finding, and back on when that is undone', () => {
    const early = [captured('a', { at: '2026-02-20T10:00:00.000Z' }), absorbed('a')];
    expect(measured('leads', [captured('b'), ...early])[0]).toBe(': 0/null');
    expect(measured('leads', [captured('b'), ...early, restored('a')])[0]).toBe(': 1/null');
  });

  it('leaves out what was recorded at the cut-off or later', () => {
    expect(measured('leads', [captured('a', { recordedAt: '2026-03-08T23:00:00.000Z' })])[0]).toBe(': 0/null');
  });
});

describe('lead to opportunity', () => {
  const early = { at: '2026-02-02T10:00:00.000Z' };
  it('judges the cohort whose thirty days are over, and calls the youngest immature', () => {
    const events = [
      captured('a', early),
      converted('a', { at: '2026-02-20T10:00:00.000Z' }),
      captured('b', early),
      captured('c'),
      converted('c', { at: '2026-03-05T10:00:00.000Z' }),
    ];
    expect(measured('lead-to-opportunity', events)).toEqual(['cohort from 2026-01-31: 1/2', 'cohort from 2026-03-02: 1/1 null immature']);
  });

  it('does not count a conversion after the horizon, nor one that was recorded after the cut-off', () => {
    const late = converted('a', { at: '2026-03-04T10:00:01.000Z' });
    const unknown = converted('b', { at: '2026-02-10T10:00:00.000Z', recordedAt: '2026-03-10T10:00:00.000Z' });
    expect(measured('lead-to-opportunity', [captured('a', early), late, captured('b', early), unknown])[0]).toBe(
      'cohort from 2026-01-31: 0/2',
    );
  });

  it('is null where nobody was captured', () => {
    expect(measured('lead-to-opportunity', [])[0]).toBe('cohort from 2026-01-31: 0/0 null');
  });
});

describe('revenue', () => {
  it('counts an order that was entered after its week in the week in which it became known', () => {
    const late = won('late', 900, { at: '2026-02-25T10:00:00.000Z', recordedAt: '2026-03-04T10:00:00.000Z' });
    expect(measured('revenue', [late])).toEqual([': 900/null']);
  });

  it('sums orders minus cancellations, each when it became known', () => {
    const old = [won('o', 700, { at: '2026-02-20T10:00:00.000Z' }), cancelled('o', 700, { at: '2026-03-04T10:00:00.000Z' })];
    expect(measured('revenue', [won('a', 1000), won('b', 50, { repId: 'bob', teamId: 'south' }), ...old])).toEqual([': 350/null']);
    expect(measured('revenue', [won('a', 1000), won('b', 50, { repId: 'bob', teamId: 'south' })], { node: bob })).toEqual([': 50/null']);
  });
});

describe('win rate', () => {
  it('counts no order that was cancelled, and has no rate where the cancellations outweigh', () => {
    const wrong = [won('a', 1), cancelled('a', 1, { at: '2026-03-03T10:00:05.000Z' })];
    expect(measured('win-rate', wrong)).toEqual([': 0/0 null']);
    expect(measured('win-rate', [...wrong, won('b', 1), lost('c')])).toEqual([': 1/2']);
    const earlier = [won('o', 1, { at: '2026-02-20T10:00:00.000Z' }), cancelled('o', 1, { at: '2026-03-04T10:00:00.000Z' })];
    expect(measured('win-rate', [...earlier, lost('b'), lost('c')])).toEqual([': -1/1 null']);
  });

  it('is won by won and lost, closed in the week', () => {
    expect(measured('win-rate', [won('a', 1), lost('b'), lost('c'), lost('d', { at: '2026-02-01T00:00:00.000Z' })])).toEqual([': 1/3']);
    expect(measured('win-rate', [])).toEqual([': 0/0 null']);
  });
});

describe('milestone flow', () => {
  it('counts entries by milestone, in the order of the process', () => {
    expect(measured('milestone-flow', [reached('a', 'visit', 2), reached('a', 'need', 1), reached('b', 'need', 1)])).toEqual([
      'p/01 need: 2/null',
      'p/02 visit: 1/null',
    ]);
  });
});

describe('attainment', () => {
  it('is the month’s credits up to the week’s end by the month’s target', () => {
    const events = [
      credited('a', 300),
      credited('b', 200, { at: '2026-02-28T10:00:00.000Z' }),
      credited('c', 100, { at: '2026-03-01T10:00:00.000Z' }),
    ];
    expect(measured('attainment', events)).toEqual(['2026-03: 400/1000']);
    expect(measured('attainment', events, { node: north })).toEqual(['2026-03: 400/null null']);
    const late = credited('d', 50, { at: '2026-02-27T10:00:00.000Z', recordedAt: '2026-03-05T10:00:00.000Z' });
    expect(measured('attainment', [...events, late])).toEqual(['2026-03: 450/1000']);
  });
});

it('every KPI of the dictionary says what it is, in both languages, under its own id', () => {
  expect(new Set(kpis.map((kpi) => kpi.id)).size).toBe(kpis.length);
  for (const kpi of kpis) expect(Object.values({ ...kpi.title, ...kpi.formula }).every((text) => text.length > 3)).toBe(true);
});
