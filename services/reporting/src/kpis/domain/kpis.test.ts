import { boundsOf, day, periodNamed, planId, timeZone, toInstant, type FiscalCalendar } from '@meilenstein/kernel';
import type { Node, ReportedEnvelope } from '@meilenstein/contracts';
import { describe, expect, it } from 'vitest';
import {
  absorbLead,
  answerLead,
  assignLead,
  replyOfLead,
  cancelOrder,
  captureLead,
  startServiceLevel,
  convertLead,
  grantCredit,
  disqualifyLead,
  loseOpportunity,
  commitVolume,
  openOpportunity,
  qualifyLead,
  reachMilestone,
  requalifyLead,
  restoreLead,
  touchLead,
  unassignLead,
  pauseServiceLevel,
  winOrder,
  cancelPart,
  correctOrder,
  reopenCancelled,
  reopenLost,
  withdrawMilestone,
} from '../../testing/example-events.ts';
import { factsOfEvents } from '../../facts/domain/facts-of-events.ts';
import { factsBefore, factsOfNode } from '../../facts/domain/facts-before-cut-off.ts';
import { kpis } from './kpi-dictionary.ts';

const zone = timeZone.parse('Europe/Berlin');
const calendarYear: FiscalCalendar = { kind: 'months', startMonth: 1 };
const everyone: Node = { level: 'company', key: 'company' };
const north: Node = { level: 'team', key: 'north' };
const bob: Node = { level: 'rep', key: 'bob' };

/** A KPI of a week, by default 2026-W10 (2 to 8 March in Berlin), as `dimension: numerator/denominator`. */
const measured = (
  id: string,
  events: readonly ReportedEnvelope[],
  {
    node = everyone,
    cutOff = '2026-03-08T23:00:00.000Z',
    calendar = calendarYear,
    week = '2026-W10',
  }: { readonly node?: Node; readonly cutOff?: string; readonly calendar?: FiscalCalendar; readonly week?: string } = {},
): readonly string[] => {
  const period = periodNamed(calendar, week);
  const kpi = kpis.find((one) => one.id === id);
  if (period === undefined || kpi === undefined) throw new Error(`no KPI ${id}`);
  const bounds = boundsOf(period, zone);
  const reportFacts = [...Map.groupBy(events, (event) => event.subject).values()].flatMap(factsOfEvents);
  const target = {
    node: everyone,
    recordedAt: toInstant('2026-01-02T00:00:00Z'),
    planId: planId.parse('p'),
    effectiveFrom: day.parse('2026-01-01'),
    planVersion: 1,
    fiscalYear: 2026,
    months: Array.from({ length: 12 }, () => 1000),
  };
  const facts = factsOfNode({ reportFacts: factsBefore(toInstant(cutOff), reportFacts), targets: [target], calendar }, node);
  return kpi
    .measure(facts, { period, ...bounds, cutOff: toInstant(cutOff), zone, calendar, node })
    .map(
      (one) =>
        `${one.dimension}: ${one.numerator}/${one.denominator}${one.value === null ? ' null' : kpi.unit === 'minutes' ? ` = ${one.value}` : ''}${one.immature ? ' immature' : ''}`,
    );
};

describe('the KPI leads', () => {
  it('counts the persons of the week, with touchpoints and quarantined submissions beside them', () => {
    const events = [
      captureLead('a'),
      captureLead('b', { at: '2026-03-01T22:59:59.000Z' }),
      captureLead('c', { at: '2026-03-01T23:00:00.000Z' }),
      captureLead('d', { at: '2026-03-08T23:00:00.000Z' }),
      touchLead('t'),
    ];
    expect(measured('leads', events)).toEqual([': 2/null', 'touchpoints: 1/null', 'quarantined: 0/null']);
  });

  it('counts a lead for the rep and team of its first assignment, as known before the cut-off', () => {
    const events = [
      captureLead('a'),
      assignLead('a'),
      captureLead('b'),
      assignLead('b', { recordedAt: '2026-03-09T00:00:00.000Z', at: '2026-03-04T00:00:00.000Z' }),
    ];
    expect(measured('leads', events, { node: north })).toEqual([': 1/null']);
    expect(measured('leads', events, { node: bob })).toEqual([': 0/null']);
  });

  it('counts a lead for its owner in the week of the assignment, even if it was captured in the week before', () => {
    const events = [captureLead('a', { at: '2026-02-27T10:00:00.000Z' }), assignLead('a')];
    expect(measured('leads', events)[0]).toBe(': 0/null');
    expect(measured('leads', events, { node: north })).toEqual([': 1/null']);
  });

  it('subtracts a person found to be known in the week of the merge, and adds the person again when the merge is undone', () => {
    const early = [captureLead('a', { at: '2026-02-20T10:00:00.000Z' }), absorbLead('a')];
    expect(measured('leads', [captureLead('b'), ...early])[0]).toBe(': 0/null');
    expect(measured('leads', [captureLead('b'), ...early, restoreLead('a')])[0]).toBe(': 1/null');
  });

  it('leaves out leads recorded at the cut-off or later', () => {
    expect(measured('leads', [captureLead('a', { recordedAt: '2026-03-08T23:00:00.000Z' })])[0]).toBe(': 0/null');
  });
});

describe('the KPI lead-to-opportunity', () => {
  const early = { at: '2026-02-02T10:00:00.000Z' };
  it('evaluates the cohort whose thirty days are over, and marks the youngest as immature', () => {
    const events = [
      captureLead('a', early),
      convertLead('a', { at: '2026-02-20T10:00:00.000Z' }),
      captureLead('b', early),
      captureLead('c'),
      convertLead('c', { at: '2026-03-05T10:00:00.000Z' }),
    ];
    expect(measured('lead-to-opportunity', events)).toEqual(['cohort from 2026-01-31: 1/2', 'cohort from 2026-03-02: 1/1 null immature']);
  });

  it('does not count a conversion after the horizon or recorded after the cut-off', () => {
    const late = convertLead('a', { at: '2026-03-04T10:00:01.000Z' });
    const unknown = convertLead('b', { at: '2026-02-10T10:00:00.000Z', recordedAt: '2026-03-10T10:00:00.000Z' });
    expect(measured('lead-to-opportunity', [captureLead('a', early), late, captureLead('b', early), unknown])[0]).toBe(
      'cohort from 2026-01-31: 0/2',
    );
  });

  it('is null where no lead was captured', () => {
    expect(measured('lead-to-opportunity', [])[0]).toBe('cohort from 2026-01-31: 0/0 null');
  });
});

describe('the KPIs of qualified leads', () => {
  it('count each stage once, in the week in which it became known, for the owner of the lead', () => {
    const events = [
      captureLead('a'),
      qualifyLead('a', 'mql'),
      qualifyLead('a', 'sql'),
      captureLead('b'),
      qualifyLead('b', 'mql', { repId: 'bob', teamId: 'south' }),
      captureLead('c'),
      qualifyLead('c', 'mql', { again: true }),
      captureLead('d'),
      qualifyLead('d', 'mql', { recordedAt: '2026-03-08T23:00:00.000Z' }),
    ];
    expect(measured('marketing-qualified-leads', events)).toEqual([': 2/null', 'source s: 2/null', 'market unknown: 2/null']);
    expect(measured('sales-qualified-leads', events)[0]).toBe(': 1/null');
    expect(measured('marketing-qualified-leads', events, { node: north })).toEqual([': 1/null']);
    expect(measured('marketing-qualified-leads', events, { node: bob })).toEqual([': 1/null']);
  });

  it('count a lead without an owner for the company at once, and for its first owner from the assignment on', () => {
    const events = [captureLead('a'), qualifyLead('a', 'mql', { ownerless: true, at: '2026-02-27T10:00:00.000Z' }), assignLead('a')];
    expect(measured('marketing-qualified-leads', events)[0]).toBe(': 0/null');
    expect(measured('marketing-qualified-leads', events, { node: north })).toEqual([': 1/null']);
  });

  it('subtract a lead found to be a known person in the week of the merge', () => {
    const early = { at: '2026-02-20T10:00:00.000Z' };
    const events = [captureLead('a', early), qualifyLead('a', 'mql', early), absorbLead('a')];
    expect(measured('marketing-qualified-leads', events)[0]).toBe(': -1/null');
    expect(measured('marketing-qualified-leads', [...events, restoreLead('a')], { node: north })).toEqual([': 0/null']);
  });
});

describe('the conversion KPIs', () => {
  const early = { at: '2026-02-02T10:00:00.000Z' };
  const inTime = { at: '2026-03-04T09:59:59.999Z' };
  const late = { at: '2026-03-04T10:00:00.000Z' };
  const cohort = 'cohort from 2026-01-31';
  const ownAndSplit = (numerator: number, denominator: number) => [
    `${cohort}: ${numerator}/${denominator}`,
    `market unknown, ${cohort}: ${numerator}/${denominator}`,
    `source s, ${cohort}: ${numerator}/${denominator}`,
  ];

  it('evaluate each step from lead to MQL, SQL and opportunity thirty days after it became known', () => {
    const events = [
      captureLead('a', early),
      qualifyLead('a', 'mql', early),
      qualifyLead('a', 'sql', early),
      convertLead('a', inTime),
      captureLead('b', early),
      qualifyLead('b', 'mql', early),
      qualifyLead('b', 'sql', inTime),
      captureLead('c', early),
      qualifyLead('c', 'mql', late),
      captureLead('d', early),
      qualifyLead('d', 'mql', early),
      qualifyLead('d', 'sql', late),
    ];
    expect(measured('lead-to-mql', events).slice(0, 3)).toEqual(ownAndSplit(3, 4));
    expect(measured('mql-to-sql', events).slice(0, 3)).toEqual(ownAndSplit(2, 3));
    expect(measured('sql-to-opportunity', events).slice(0, 3)).toEqual(ownAndSplit(1, 1));
    expect(measured('mql-to-sql', events, { node: north })[0]).toBe(`${cohort}: 2/3`);
  });

  it('mark a young cohort as immature, and leave out leads found to be known persons', () => {
    expect(measured('mql-to-sql', [captureLead('a'), qualifyLead('a', 'mql'), qualifyLead('a', 'sql')])).toEqual([
      `${cohort}: 0/0 null`,
      'cohort from 2026-03-02: 1/1 null immature',
    ]);
    const twice = [captureLead('a', early), qualifyLead('a', 'mql', early), absorbLead('a', { at: '2026-02-20T10:00:00.000Z' })];
    expect(measured('mql-to-sql', twice)[0]).toBe(`${cohort}: 0/0 null`);
  });

  it('count an order that is not cancelled within ninety days', () => {
    const begun = { at: '2025-12-03T10:00:00.000Z' };
    const [kept, gone] = [{ at: '2026-03-03T09:59:59.999Z' }, { at: '2026-03-03T10:00:00.000Z' }];
    const events = [
      openOpportunity('a', begun),
      winOrder('a', 1, kept),
      openOpportunity('b', begun),
      winOrder('b', 1, gone),
      openOpportunity('c', begun),
      winOrder('c', 1, begun),
      cancelOrder('c', 1, kept),
      openOpportunity('d', begun),
      winOrder('d', 1, begun),
      cancelOrder('d', 1, gone),
      openOpportunity('e', begun),
      loseOpportunity('e', begun),
    ];
    expect(measured('opportunity-to-won', events)).toEqual([
      'cohort from 2025-12-02: 2/5',
      'source unknown, cohort from 2025-12-02: 2/5',
      'cohort from 2026-03-02: 0/0 null immature',
    ]);
  });
});

describe('the KPI revenue', () => {
  it('counts a late order in the week in which it became known', () => {
    const late = winOrder('late', 900, { at: '2026-02-25T10:00:00.000Z', recordedAt: '2026-03-04T10:00:00.000Z' });
    expect(measured('revenue', [late])).toEqual([': 900/null']);
  });

  it('is orders minus cancellations, each in the week in which it became known', () => {
    const old = [winOrder('o', 700, { at: '2026-02-20T10:00:00.000Z' }), cancelOrder('o', 700, { at: '2026-03-04T10:00:00.000Z' })];
    expect(measured('revenue', [winOrder('a', 1000), winOrder('b', 50, { repId: 'bob', teamId: 'south' }), ...old])).toEqual([
      ': 350/null',
    ]);
    expect(measured('revenue', [winOrder('a', 1000), winOrder('b', 50, { repId: 'bob', teamId: 'south' })], { node: bob })).toEqual([
      ': 50/null',
    ]);
  });
});

describe('the KPI win-rate', () => {
  it('does not count cancelled orders, and is null where cancellations outweigh orders', () => {
    const wrong = [winOrder('a', 1), cancelOrder('a', 1, { at: '2026-03-03T10:00:05.000Z' })];
    expect(measured('win-rate', wrong)).toEqual([': 0/0 null']);
    expect(measured('win-rate', [...wrong, winOrder('b', 1), loseOpportunity('c')])).toEqual([': 1/2']);
    const earlier = [winOrder('o', 1, { at: '2026-02-20T10:00:00.000Z' }), cancelOrder('o', 1, { at: '2026-03-04T10:00:00.000Z' })];
    expect(measured('win-rate', [...earlier, loseOpportunity('b'), loseOpportunity('c')])).toEqual([': -1/1 null']);
  });

  it('is won ÷ (won + lost) among those closed in the week', () => {
    expect(
      measured('win-rate', [
        winOrder('a', 1),
        loseOpportunity('b'),
        loseOpportunity('c'),
        loseOpportunity('d', { at: '2026-02-01T00:00:00.000Z' }),
      ]),
    ).toEqual([': 1/3']);
    expect(measured('win-rate', [])).toEqual([': 0/0 null']);
  });
});

describe('the KPI milestone-flow', () => {
  it('counts entries by milestone, in the order of the process', () => {
    expect(
      measured('milestone-flow', [reachMilestone('a', 'visit', 2), reachMilestone('a', 'need', 1), reachMilestone('b', 'need', 1)]),
    ).toEqual(['p/01 need: 2/null', 'p/02 visit: 1/null']);
  });
});

describe('the KPI attainment', () => {
  it('follows a 4-4-5 calendar: the credits of the fiscal month up to the end of the fiscal week ÷ the target of that month', () => {
    const weeks: FiscalCalendar = { kind: 'weeks', pattern: '4-4-5', endMonth: 12, endWeekday: 6, yearEnd: 'last' };
    const events = [
      grantCredit('before', 1, { at: '2026-02-21T10:00:00.000Z' }),
      grantCredit('first', 20, { at: '2026-02-22T10:00:00.000Z' }),
      grantCredit('last', 300, { at: '2026-03-07T10:00:00.000Z' }),
      grantCredit('after', 4_000, { at: '2026-03-08T10:00:00.000Z' }),
    ];
    // The third month of FY2026 begins on Sunday 22 February, its second week on 1 March.
    expect(measured('attainment', events, { calendar: weeks, week: 'FY2026-W10' })).toEqual(['FY2026-P03: 320/1000']);
  });

  it('is the credits of the month up to the end of the week ÷ the target of the month', () => {
    const events = [
      grantCredit('a', 300),
      grantCredit('b', 200, { at: '2026-02-28T10:00:00.000Z' }),
      grantCredit('c', 100, { at: '2026-03-01T10:00:00.000Z' }),
    ];
    expect(measured('attainment', events)).toEqual(['2026-03: 400/1000']);
    expect(measured('attainment', events, { node: north })).toEqual(['2026-03: 400/null null']);
    const late = grantCredit('d', 50, { at: '2026-02-27T10:00:00.000Z', recordedAt: '2026-03-05T10:00:00.000Z' });
    expect(measured('attainment', [...events, late])).toEqual(['2026-03: 450/1000']);
  });
});

const due = '2026-03-03T11:00:00.000Z';
const clockOf = (id: string, about: object = {}) => startServiceLevel(id, due, about);

describe('the KPI service-level-compliance', () => {
  const kept = (events: readonly ReportedEnvelope[], about: Parameters<typeof measured>[2] = {}) =>
    measured('service-level-compliance', events, about)[0];

  it('counts by due date: a late answer and a missing answer count alike', () => {
    const events = [
      clockOf('in-time'),
      answerLead('in-time', { at: '2026-03-03T10:59:59.999Z', dueAt: due }),
      clockOf('late'),
      answerLead('late', { at: due, dueAt: due }),
      clockOf('never'),
      startServiceLevel('next-week', '2026-03-09T10:00:00.000Z'),
      answerLead('next-week'),
    ];
    expect(kept(events)).toBe(': 1/3');
    expect(kept([])).toBe(': 0/0 null');
  });

  it('follows a moved deadline, and leaves out leads that were closed before it', () => {
    const gone = [clockOf('gone'), convertLead('gone', { at: '2026-03-03T10:30:00.000Z' })];
    const goneLater = [clockOf('later'), convertLead('later', { at: '2026-03-03T11:30:00.000Z' })];
    expect([kept(gone), kept(goneLater)]).toEqual([': 0/0 null', ': 0/1']);
    expect(kept([clockOf('a'), pauseServiceLevel('a')])).toBe(': 0/1');
    expect(
      kept([clockOf('a'), pauseServiceLevel('a'), answerLead('a', { at: '2026-03-03T12:00:00.000Z', dueAt: '2026-03-03T12:30:00.000Z' })]),
    ).toBe(': 1/1');
    expect(kept([clockOf('a'), pauseServiceLevel('a'), replyOfLead('a', '2026-03-04T11:00:00.000Z')])).toBe(': 0/1');
    expect(kept([clockOf('a'), pauseServiceLevel('a'), replyOfLead('a', '2026-03-10T11:00:00.000Z')])).toBe(': 0/0 null');
  });

  it('counts a second deadline for a requalified lead', () => {
    const again = [
      clockOf('a'),
      disqualifyLead('a', { at: '2026-03-03T11:30:00.000Z' }),
      requalifyLead('a', { at: '2026-03-04T09:00:00.000Z' }),
      startServiceLevel('a', '2026-03-04T10:00:00.000Z', { at: '2026-03-04T09:00:00.000Z', sequence: 10 }),
    ];
    expect(kept(again)).toBe(': 0/2');
    const answer = answerLead('a', { at: '2026-03-04T09:30:00.000Z', dueAt: '2026-03-04T10:00:00.000Z', minutes: 30, sequence: 11 });
    expect([kept([...again, answer]), measured('speed-to-lead-median', [...again, answer])[0]]).toEqual([': 1/2', ': 1/null = 30']);
  });

  it('does not change for a published week when something is recorded later', () => {
    const told = { at: '2026-03-03T10:30:00.000Z', recordedAt: '2026-03-09T10:00:00.000Z' };
    const events = [clockOf('a'), answerLead('a', { ...told, dueAt: due })];
    expect([kept(events), kept(events, { cutOff: '2026-03-10T00:00:00.000Z' })]).toEqual([': 0/1', ': 1/1']);
  });

  it('counts for the team and rep that owned the lead at the deadline', () => {
    const ofBoth = (events: readonly ReportedEnvelope[]) => [kept(events, { node: north }), kept(events, { node: bob })];
    const bobs = { repId: 'bob', teamId: 'south' };
    expect(ofBoth([clockOf('a')])).toEqual([': 0/1', ': 0/0 null']);
    const late = [
      unassignLead('a', { at: '2026-03-03T11:02:00.000Z', sequence: 8 }),
      assignLead('a', { ...bobs, at: '2026-03-03T11:02:00.000Z', sequence: 9 }),
    ];
    expect(ofBoth([clockOf('a'), ...late])).toEqual([': 0/1', ': 0/0 null']);
    const early = [
      unassignLead('a', { at: '2026-03-03T10:20:00.000Z', sequence: 8 }),
      assignLead('a', { ...bobs, at: '2026-03-03T10:20:00.000Z', sequence: 9 }),
    ];
    expect(ofBoth([clockOf('a'), ...early])).toEqual([': 0/0 null', ': 0/1']);
    expect([...ofBoth([clockOf('a'), ...early.slice(0, 1)]), kept([clockOf('a'), ...early.slice(0, 1)])]).toEqual([
      ': 0/0 null',
      ': 0/0 null',
      ': 0/1',
    ]);
  });
});

describe('the KPIs of speed to lead', () => {
  const events = [1, 2, 3, 4, 5, 6, 7, 8, 9, 60].flatMap((minutes) => [
    clockOf(`l${minutes}`, { market: minutes > 8 ? 'AT' : 'DE' }),
    answerLead(`l${minutes}`, { minutes }),
  ]);

  it('are the median and the 90th percentile of working time, for the company also by source and market', () => {
    expect(measured('speed-to-lead-median', events)).toEqual([
      ': 10/null = 5',
      'source s: 10/null = 5',
      'market AT: 2/null = 9',
      'market DE: 8/null = 4',
    ]);
    expect(measured('speed-to-lead-p90', events, { node: north })).toEqual([': 10/null = 9']);
    expect(measured('speed-to-lead-median', [])).toEqual([': 0/null null']);
  });

  it('use the earliest of several answers, from when it was known', () => {
    const two = [
      clockOf('a'),
      answerLead('a', { minutes: 60 }),
      answerLead('a', { minutes: 5, at: '2026-03-03T09:00:00.000Z', recordedAt: '2026-03-09T09:00:00.000Z', sequence: 9 }),
    ];
    expect(measured('speed-to-lead-median', two)[0]).toBe(': 1/null = 60');
    expect(measured('speed-to-lead-median', two, { cutOff: '2026-03-10T00:00:00.000Z' })[0]).toBe(': 1/null = 5');
  });
});

describe('the KPI marketing-volume', () => {
  const all = { segmentId: null, stage: 'mql' as const, committed: 4 };
  const dach = { segmentId: 'dach', stage: 'mql' as const, committed: 0 };

  it('is the qualified leads since the month began ÷ the commitment for the month, by stage and segment', () => {
    const events = [
      commitVolume('2026-03', 1, [all, dach], { at: '2026-02-20T10:00:00.000Z' }),
      commitVolume('2026-04', 1, [all], { at: '2026-02-20T10:00:00.000Z' }),
      qualifyLead('a', 'mql', { segments: ['dach'] }),
      qualifyLead('b', 'mql', { at: '2026-02-28T23:00:00.000Z' }),
      qualifyLead('too-early', 'mql', { at: '2026-02-28T22:59:59.000Z' }),
      qualifyLead('again', 'mql', { again: true }),
      qualifyLead('other-stage', 'sql'),
      qualifyLead('twice', 'mql'),
      absorbLead('twice'),
    ];
    expect(measured('marketing-volume', events)).toEqual(['2026-03 mql all: 2/4', '2026-03 mql dach: 1/0 null']);
    expect(measured('marketing-volume', events, { node: north })).toEqual([]);
  });

  it('uses the last version of a commitment, even if that withdraws it', () => {
    const first = commitVolume('2026-03', 1, [all], { at: '2026-02-20T10:00:00.000Z' });
    expect(measured('marketing-volume', [first, commitVolume('2026-03', 2, [{ ...all, committed: 8 }])])).toEqual(['2026-03 mql all: 0/8']);
    expect(measured('marketing-volume', [first, commitVolume('2026-03', 2, [])])).toEqual([]);
    const later = commitVolume('2026-03', 2, [], { recordedAt: '2026-03-09T10:00:00.000Z' });
    expect(measured('marketing-volume', [first, later])).toEqual(['2026-03 mql all: 0/4']);
  });
});

it('every KPI of the dictionary has its own id, and texts in both languages', () => {
  expect(new Set(kpis.map((kpi) => kpi.id)).size).toBe(kpis.length);
  for (const kpi of kpis) expect(Object.values({ ...kpi.title, ...kpi.formula }).every((text) => text.length > 3)).toBe(true);
});

describe('the KPIs of what was put right', () => {
  const next = '2026-03-11T10:00:00.000Z';
  const [reported, following] = [{}, { week: '2026-W11', cutOff: '2026-03-15T23:00:00.000Z' }];

  it('subtract a withdrawn milestone in the week of its withdrawal, for the owner for whom it counted', () => {
    const events = [
      reachMilestone('a', 'need', 1, { repId: 'bob', teamId: 'south' }),
      withdrawMilestone('a', 'need', 1, { at: next, repId: 'ann', teamId: 'north' }),
    ];
    expect(measured('milestone-flow', events, reported)).toEqual(['p/01 need: 1/null']);
    expect(measured('milestone-flow', events, { ...following, node: bob })).toEqual(['p/01 need: -1/null']);
    expect(measured('milestone-flow', events, { ...following, node: north })).toEqual([]);
  });

  it('count a corrected order as the difference in the week of the correction, and move it to its team', () => {
    const events = [winOrder('a', 500), correctOrder('a', 500, 200, { at: next, teamId: 'south', previousTeam: 'north' })];
    expect(measured('revenue', events, reported)).toEqual([': 500/null']);
    expect(measured('revenue', events, following)).toEqual([': -300/null']);
    expect(measured('revenue', events, { ...following, node: north })).toEqual([': -500/null']);
  });

  it('count a part that was cancelled as less revenue, and the order as won', () => {
    const events = [winOrder('a', 500), cancelPart('a', 400, 100, { at: next })];
    expect(measured('revenue', events, following)).toEqual([': -100/null']);
    expect(measured('win-rate', [winOrder('a', 500), cancelPart('a', 400, 100, { at: '2026-03-04T10:00:00.000Z' })])).toEqual([': 1/1']);
  });

  it('subtract a loss that was reopened, and have no rate where that outweighs the losses of the week', () => {
    const events = [loseOpportunity('a'), loseOpportunity('b'), winOrder('c', 1)];
    expect(measured('win-rate', [...events, reopenLost('a')])).toEqual([': 1/2']);
    expect(measured('win-rate', [...events, reopenLost('a', { at: next })], following)).toEqual([': 0/-1 null']);
  });

  it('take the milestone of a cancelled order back when the opportunity is reopened, so that the next order counts once', () => {
    const events = [
      reachMilestone('a', 'order', 6),
      winOrder('a', 5),
      cancelOrder('a', 5, { at: '2026-03-05T10:00:00.000Z' }),
      reopenCancelled('a', { at: '2026-03-06T10:00:00.000Z' }),
    ];
    expect(measured('milestone-flow', events)).toEqual(['p/06 order: 0/null']);
  });
});
