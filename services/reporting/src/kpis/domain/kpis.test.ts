import { boundsOf, day, periodNamed, planId, timeZone, toInstant, type FiscalCalendar } from '@meilenstein/kernel';
import type { Node, ReportedEnvelope } from '@meilenstein/contracts';
import { describe, expect, it } from 'vitest';
import {
  absorbed,
  answered,
  assigned,
  cameBack,
  cancelled,
  captured,
  clockStarted,
  converted,
  credited,
  givenUp,
  lost,
  monthPromised,
  opened,
  qualified,
  reached,
  reopened,
  restored,
  touched,
  unassigned,
  waits,
  won,
} from '../../testing/example-events.ts';
import { countablesOf } from '../../facts/domain/facts.ts';
import { before, factsOf } from '../../facts/domain/known-facts.ts';
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
        `${one.dimension}: ${one.numerator}/${one.denominator}${one.value === null ? ' null' : kpi.unit === 'minutes' ? ` = ${one.value}` : ''}${one.immature ? ' immature' : ''}`,
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

describe('qualified leads', () => {
  it('are counted once for each stage, in the week in which it became known, for whoever had the lead', () => {
    const events = [
      captured('a'),
      qualified('a', 'mql'),
      qualified('a', 'sql'),
      captured('b'),
      qualified('b', 'mql', { repId: 'bob', teamId: 'south' }),
      captured('c'),
      qualified('c', 'mql', { again: true }),
      captured('d'),
      qualified('d', 'mql', { recordedAt: '2026-03-08T23:00:00.000Z' }),
    ];
    expect(measured('marketing-qualified-leads', events)).toEqual([': 2/null', 'source s: 2/null', 'market unknown: 2/null']);
    expect(measured('sales-qualified-leads', events)[0]).toBe(': 1/null');
    expect(measured('marketing-qualified-leads', events, { node: north })).toEqual([': 1/null']);
    expect(measured('marketing-qualified-leads', events, { node: bob })).toEqual([': 1/null']);
  });

  it('that nobody owned count for the company at once, and for who got them first from then on', () => {
    const events = [captured('a'), qualified('a', 'mql', { ownerless: true, at: '2026-02-27T10:00:00.000Z' }), assigned('a')];
    expect(measured('marketing-qualified-leads', events)[0]).toBe(': 0/null');
    expect(measured('marketing-qualified-leads', events, { node: north })).toEqual([': 1/null']);
  });

  it('that turn out to be a known person are taken off in the week of the finding', () => {
    const early = { at: '2026-02-20T10:00:00.000Z' };
    const events = [captured('a', early), qualified('a', 'mql', early), absorbed('a')];
    expect(measured('marketing-qualified-leads', events)[0]).toBe(': -1/null');
    expect(measured('marketing-qualified-leads', [...events, restored('a')], { node: north })).toEqual([': 0/null']);
  });
});

describe('the way of a lead', () => {
  const early = { at: '2026-02-02T10:00:00.000Z' };
  const inTime = { at: '2026-03-04T09:59:59.999Z' };
  const late = { at: '2026-03-04T10:00:00.000Z' };
  const cohort = 'cohort from 2026-01-31';
  const ownAndSplit = (numerator: number, denominator: number) => [
    `${cohort}: ${numerator}/${denominator}`,
    `market unknown, ${cohort}: ${numerator}/${denominator}`,
    `source s, ${cohort}: ${numerator}/${denominator}`,
  ];

  it('from lead to MQL to SQL to opportunity is judged thirty days after each step became known', () => {
    const events = [
      captured('a', early),
      qualified('a', 'mql', early),
      qualified('a', 'sql', early),
      converted('a', inTime),
      captured('b', early),
      qualified('b', 'mql', early),
      qualified('b', 'sql', inTime),
      captured('c', early),
      qualified('c', 'mql', late),
      captured('d', early),
      qualified('d', 'mql', early),
      qualified('d', 'sql', late),
    ];
    expect(measured('lead-to-mql', events).slice(0, 3)).toEqual(ownAndSplit(3, 4));
    expect(measured('mql-to-sql', events).slice(0, 3)).toEqual(ownAndSplit(2, 3));
    expect(measured('sql-to-opportunity', events).slice(0, 3)).toEqual(ownAndSplit(1, 1));
    expect(measured('mql-to-sql', events, { node: north })[0]).toBe(`${cohort}: 2/3`);
  });

  it('is not judged while it is young, and leaves out who turned out to be known', () => {
    expect(measured('mql-to-sql', [captured('a'), qualified('a', 'mql'), qualified('a', 'sql')])).toEqual([
      `${cohort}: 0/0 null`,
      'cohort from 2026-03-02: 1/1 null immature',
    ]);
    const twice = [captured('a', early), qualified('a', 'mql', early), absorbed('a', { at: '2026-02-20T10:00:00.000Z' })];
    expect(measured('mql-to-sql', twice)[0]).toBe(`${cohort}: 0/0 null`);
  });

  it('ends with an order that is not cancelled within ninety days', () => {
    const begun = { at: '2025-12-03T10:00:00.000Z' };
    const [kept, gone] = [{ at: '2026-03-03T09:59:59.999Z' }, { at: '2026-03-03T10:00:00.000Z' }];
    const events = [
      opened('a', begun),
      won('a', 1, kept),
      opened('b', begun),
      won('b', 1, gone),
      opened('c', begun),
      won('c', 1, begun),
      cancelled('c', 1, kept),
      opened('d', begun),
      won('d', 1, begun),
      cancelled('d', 1, gone),
      opened('e', begun),
      lost('e', begun),
    ];
    expect(measured('opportunity-to-won', events)).toEqual([
      'cohort from 2025-12-02: 2/5',
      'source unknown, cohort from 2025-12-02: 2/5',
      'cohort from 2026-03-02: 0/0 null immature',
    ]);
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

const due = '2026-03-03T11:00:00.000Z';
const clockOf = (id: string, about: object = {}) => clockStarted(id, due, about);

describe('service levels', () => {
  const kept = (events: readonly ReportedEnvelope[], about: Parameters<typeof measured>[2] = {}) =>
    measured('service-level-compliance', events, about)[0];

  it('are kept by due date: what was answered late and what was never answered count alike', () => {
    const events = [
      clockOf('in-time'),
      answered('in-time', { at: '2026-03-03T10:59:59.999Z', dueAt: due }),
      clockOf('late'),
      answered('late', { at: due, dueAt: due }),
      clockOf('never'),
      clockStarted('next-week', '2026-03-09T10:00:00.000Z'),
      answered('next-week'),
    ];
    expect(kept(events)).toBe(': 1/3');
    expect(kept([])).toBe(': 0/0 null');
  });

  it('follow the deadline, and owe nothing to who was gone before it', () => {
    const gone = [clockOf('gone'), converted('gone', { at: '2026-03-03T10:30:00.000Z' })];
    const goneLater = [clockOf('later'), converted('later', { at: '2026-03-03T11:30:00.000Z' })];
    expect([kept(gone), kept(goneLater)]).toEqual([': 0/0 null', ': 0/1']);
    expect(kept([clockOf('a'), waits('a')])).toBe(': 0/1');
    expect(kept([clockOf('a'), waits('a'), answered('a', { at: '2026-03-03T12:00:00.000Z', dueAt: '2026-03-03T12:30:00.000Z' })])).toBe(
      ': 1/1',
    );
    expect(kept([clockOf('a'), waits('a'), cameBack('a', '2026-03-04T11:00:00.000Z')])).toBe(': 0/1');
    expect(kept([clockOf('a'), waits('a'), cameBack('a', '2026-03-10T11:00:00.000Z')])).toBe(': 0/0 null');
  });

  it('are kept or missed anew where a lead was given up and counts again', () => {
    const again = [
      clockOf('a'),
      givenUp('a', { at: '2026-03-03T11:30:00.000Z' }),
      reopened('a', { at: '2026-03-04T09:00:00.000Z' }),
      clockStarted('a', '2026-03-04T10:00:00.000Z', { at: '2026-03-04T09:00:00.000Z', sequence: 10 }),
    ];
    expect(kept(again)).toBe(': 0/2');
    const answer = answered('a', { at: '2026-03-04T09:30:00.000Z', dueAt: '2026-03-04T10:00:00.000Z', minutes: 30, sequence: 11 });
    expect([kept([...again, answer]), measured('speed-to-lead-median', [...again, answer])[0]]).toEqual([': 1/2', ': 1/null = 30']);
  });

  it('of a published week do not change by what was recorded later', () => {
    const told = { at: '2026-03-03T10:30:00.000Z', recordedAt: '2026-03-09T10:00:00.000Z' };
    const events = [clockOf('a'), answered('a', { ...told, dueAt: due })];
    expect([kept(events), kept(events, { cutOff: '2026-03-10T00:00:00.000Z' })]).toEqual([': 0/1', ': 1/1']);
  });

  it('count for the team and rep that had the lead at the deadline, whoever has it since or had it before', () => {
    const ofBoth = (events: readonly ReportedEnvelope[]) => [kept(events, { node: north }), kept(events, { node: bob })];
    const bobs = { repId: 'bob', teamId: 'south' };
    expect(ofBoth([clockOf('a')])).toEqual([': 0/1', ': 0/0 null']);
    const late = [
      unassigned('a', { at: '2026-03-03T11:02:00.000Z', sequence: 8 }),
      assigned('a', { ...bobs, at: '2026-03-03T11:02:00.000Z', sequence: 9 }),
    ];
    expect(ofBoth([clockOf('a'), ...late])).toEqual([': 0/1', ': 0/0 null']);
    const early = [
      unassigned('a', { at: '2026-03-03T10:20:00.000Z', sequence: 8 }),
      assigned('a', { ...bobs, at: '2026-03-03T10:20:00.000Z', sequence: 9 }),
    ];
    expect(ofBoth([clockOf('a'), ...early])).toEqual([': 0/0 null', ': 0/1']);
    expect([...ofBoth([clockOf('a'), ...early.slice(0, 1)]), kept([clockOf('a'), ...early.slice(0, 1)])]).toEqual([
      ': 0/0 null',
      ': 0/0 null',
      ': 0/1',
    ]);
  });
});

describe('speed to lead', () => {
  const events = [1, 2, 3, 4, 5, 6, 7, 8, 9, 60].flatMap((minutes) => [
    clockOf(`l${minutes}`, { market: minutes > 8 ? 'AT' : 'DE' }),
    answered(`l${minutes}`, { minutes }),
  ]);

  it('is the median and the 90th percentile of working time, for the company also by source and market', () => {
    expect(measured('speed-to-lead-median', events)).toEqual([
      ': 10/null = 5',
      'source s: 10/null = 5',
      'market AT: 2/null = 9',
      'market DE: 8/null = 4',
    ]);
    expect(measured('speed-to-lead-p90', events, { node: north })).toEqual([': 10/null = 9']);
    expect(measured('speed-to-lead-median', [])).toEqual([': 0/null null']);
  });

  it('counts of several answers the earliest, from when it was known', () => {
    const two = [
      clockOf('a'),
      answered('a', { minutes: 60 }),
      answered('a', { minutes: 5, at: '2026-03-03T09:00:00.000Z', recordedAt: '2026-03-09T09:00:00.000Z', sequence: 9 }),
    ];
    expect(measured('speed-to-lead-median', two)[0]).toBe(': 1/null = 60');
    expect(measured('speed-to-lead-median', two, { cutOff: '2026-03-10T00:00:00.000Z' })[0]).toBe(': 1/null = 5');
  });
});

describe('marketing’s volume', () => {
  const all = { segmentId: null, stage: 'mql' as const, committed: 4 };
  const dach = { segmentId: 'dach', stage: 'mql' as const, committed: 0 };

  it('is what was delivered since the month began by what was promised for it, by stage and segment', () => {
    const events = [
      monthPromised('2026-03', 1, [all, dach], { at: '2026-02-20T10:00:00.000Z' }),
      monthPromised('2026-04', 1, [all], { at: '2026-02-20T10:00:00.000Z' }),
      qualified('a', 'mql', { segments: ['dach'] }),
      qualified('b', 'mql', { at: '2026-02-28T23:00:00.000Z' }),
      qualified('too-early', 'mql', { at: '2026-02-28T22:59:59.000Z' }),
      qualified('again', 'mql', { again: true }),
      qualified('other-stage', 'sql'),
      qualified('twice', 'mql'),
      absorbed('twice'),
    ];
    expect(measured('marketing-volume', events)).toEqual(['2026-03 mql all: 2/4', '2026-03 mql dach: 1/0 null']);
    expect(measured('marketing-volume', events, { node: north })).toEqual([]);
  });

  it('is held against the last word, also where that takes the promise back', () => {
    const first = monthPromised('2026-03', 1, [all], { at: '2026-02-20T10:00:00.000Z' });
    expect(measured('marketing-volume', [first, monthPromised('2026-03', 2, [{ ...all, committed: 8 }])])).toEqual([
      '2026-03 mql all: 0/8',
    ]);
    expect(measured('marketing-volume', [first, monthPromised('2026-03', 2, [])])).toEqual([]);
    const later = monthPromised('2026-03', 2, [], { recordedAt: '2026-03-09T10:00:00.000Z' });
    expect(measured('marketing-volume', [first, later])).toEqual(['2026-03 mql all: 0/4']);
  });
});

it('every KPI of the dictionary says what it is, in both languages, under its own id', () => {
  expect(new Set(kpis.map((kpi) => kpi.id)).size).toBe(kpis.length);
  for (const kpi of kpis) expect(Object.values({ ...kpi.title, ...kpi.formula }).every((text) => text.length > 3)).toBe(true);
});
