import type { Node, ReportedEnvelope } from '@meilenstein/contracts';
import {
  addMillis,
  boundsOf,
  nextPeriod,
  periodNamed,
  timeZone,
  toInstant,
  type FiscalCalendar,
  type Instant,
  type Period,
} from '@meilenstein/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  absorbLead,
  answerLead,
  assignLead,
  cancelOrder,
  cancelPart,
  correctOrder,
  captureLead,
  startServiceLevel,
  convertLead,
  grantCredit,
  loseOpportunity,
  openOpportunity,
  qualifyLead,
  reachMilestone,
  reopenLost,
  restoreLead,
  touchLead,
  winOrder,
  withdrawMilestone,
} from '../../testing/example-events.ts';
import { factsOfEvents } from '../../facts/domain/facts-of-events.ts';
import type { ReportFact } from '../../facts/domain/report-fact.ts';
import { factsBefore, factsOfNode } from '../../facts/domain/facts-before-cut-off.ts';
import type { Measure } from '../../kpis/domain/kpi.ts';
import { kpis } from '../../kpis/domain/kpi-dictionary.ts';

const zone = timeZone.parse('Europe/Berlin');
const calendar: FiscalCalendar = { kind: 'months', startMonth: 1 };
const nodes: readonly Node[] = [
  { level: 'company', key: 'company' },
  { level: 'team', key: 'north' },
  { level: 'rep', key: 'bob' },
];

const week = (label: string): Period => {
  const found = periodNamed(calendar, label);
  if (found === undefined) throw new Error(`no week ${label}`);
  return found;
};
/** Monday 2026-01-05 to Sunday 2026-05-31, the last day of a month. */
const weeks = Array.from({ length: 20 }).reduce<readonly Period[]>(
  (all) => [...all, nextPeriod(calendar, all.at(-1) ?? week('2026-W02'))],
  [week('2026-W02')],
);
const whole: Period = { kind: 'week', label: 'all', from: week('2026-W02').from, until: week('2026-W22').until };

const hour = 3_600_000;
const begin = toInstant('2026-01-05T00:00:00.000Z');

/** When something happened, and when the company knew it: up to forty days later. */
const times = fc.tuple(fc.integer({ min: 0, max: 80 * 24 }), fc.integer({ min: 0, max: 40 * 24 })).map(([happened, later]) => ({
  at: addMillis(begin, happened * hour),
  recordedAt: addMillis(begin, (happened + later) * hour),
}));
const owner = fc.constantFrom({ repId: 'ann', teamId: 'north' }, { repId: 'bob', teamId: 'south' }, { repId: 'nora', teamId: 'north' });
const about = fc.tuple(times, owner).map(([time, who]) => ({ ...time, ...who }));
const minor = fc.integer({ min: 1, max: 1_000_000 });

type Told = { readonly at: Instant; readonly recordedAt: Instant };

/** Answers in the order in which they became known; only an answer earlier than all before it has a waiting time. */
const firstAnswers = (all: readonly Told[]): readonly Told[] =>
  all
    .toSorted((a, b) => (a.recordedAt < b.recordedAt ? -1 : 1))
    .filter((one, index, told) => told.slice(0, index).every((earlier) => one.at < earlier.at));

const stories: fc.Arbitrary<(id: string) => readonly ReportedEnvelope[]> = fc.oneof(
  fc
    .tuple(about, fc.option(about), fc.option(about), fc.option(about), fc.option(about), fc.option(about), fc.option(about), fc.boolean())
    .map(([first, given, sold, merged, undone, mql, sql, ownerless]) => (id: string) => [
      captureLead(id, first),
      ...(mql === null ? [] : [qualifyLead(id, 'mql', { ...mql, ownerless })]),
      ...(sql === null ? [] : [qualifyLead(id, 'sql', { ...sql, ownerless })]),
      ...(given === null ? [] : [assignLead(id, given)]),
      ...(sold === null ? [] : [convertLead(id, sold)]),
      ...(merged === null ? [] : [absorbLead(id, merged)]),
      ...(merged === null || undone === null ? [] : [restoreLead(id, undone)]),
    ]),
  about.map((one) => (id: string) => [touchLead(id, one)]),
  fc.tuple(about, times).map(([one, due]) => (id: string) => [startServiceLevel(id, due.at, one)]),
  fc.tuple(owner, fc.array(times, { minLength: 1, maxLength: 3 })).map(
    ([who, all]) =>
      (id: string) =>
        firstAnswers(all).map((one, index) => answerLead(id, { ...one, ...who, sequence: 5 + index })),
  ),
  fc.tuple(about, fc.option(about)).map(([one, gone]) => (id: string) => [
    reachMilestone(id, 'need', 1, one),
    ...(gone === null ? [] : [withdrawMilestone(id, 'need', 1, gone)]),
  ]),
  fc.tuple(about, fc.option(about)).map(([one, gone]) => (id: string) => [
    loseOpportunity(id, one),
    ...(gone === null ? [] : [reopenLost(id, gone)]),
  ]),
  fc.tuple(about, minor, minor, about).map(([one, amount, right, then]) => (id: string) => [
    openOpportunity(id, one),
    winOrder(id, amount, one),
    correctOrder(id, amount, right, then),
  ]),
  fc.tuple(about, minor, minor, about).map(([one, left, part, then]) => (id: string) => [
    winOrder(id, left + part, one),
    cancelPart(id, left, part, then),
  ]),
  fc.tuple(about, minor).map(([one, amount]) => (id: string) => [grantCredit(id, amount, one)]),
  fc.tuple(about, minor, fc.option(about)).map(([one, amount, gone]) => (id: string) => [
    openOpportunity(id, one),
    winOrder(id, amount, one),
    ...(gone === null ? [] : [cancelOrder(id, amount, gone)]),
  ]),
);

const measures = (id: string, reportFacts: readonly ReportFact[], node: Node, period: Period): readonly Measure[] => {
  const bounds = boundsOf(period, zone);
  const facts = factsOfNode({ reportFacts: factsBefore(bounds.until, reportFacts), targets: [], calendar }, node);
  const kpi = kpis.find((one) => one.id === id);
  return (kpi?.measure(facts, { period, ...bounds, cutOff: bounds.until, zone, calendar, node }) ?? []).filter((one) => !one.immature);
};

const added = (some: readonly Measure[]): Readonly<Record<string, readonly [number, number]>> => {
  const sums: Record<string, readonly [number, number]> = {};
  for (const { dimension, numerator, denominator } of some) {
    const name = dimension.replace(/ from .*/, '');
    const [above, below] = sums[name] ?? [0, 0];
    sums[name] = [above + numerator, below + (denominator ?? 0)];
  }
  return sums;
};

const reportFactsFrom = (told: readonly ((id: string) => readonly ReportedEnvelope[])[]): readonly ReportFact[] =>
  told.flatMap((story, index) => factsOfEvents(story(`s${index}`)));

describe('the KPIs of consecutive weeks', () => {
  it.each([
    'leads',
    'marketing-qualified-leads',
    'sales-qualified-leads',
    'lead-to-mql',
    'mql-to-sql',
    'sql-to-opportunity',
    'lead-to-opportunity',
    'opportunity-to-won',
    'revenue',
    'win-rate',
    'milestone-flow',
    'service-level-compliance',
    'speed-to-lead-p90',
  ])('add up to the whole period for %s, however late the facts became known', (id) => {
    fc.assert(
      fc.property(fc.array(stories, { maxLength: 25 }), fc.constantFrom(...nodes), (told, node) => {
        const reportFacts = reportFactsFrom(told);
        const parts = weeks.flatMap((one) => measures(id, reportFacts, node, one));
        expect(added(parts)).toEqual(added(measures(id, reportFacts, node, whole)));
      }),
      { numRuns: 60 },
    );
  });

  it('report every credit in its month for attainment, even in the days after the last Monday of the month', () => {
    fc.assert(
      fc.property(fc.array(stories, { maxLength: 25 }), fc.constantFrom(...nodes), (told, node) => {
        const reportFacts = reportFactsFrom(told);
        const months = new Map(
          weeks.flatMap((one) => measures('attainment', reportFacts, node, one)).map((one) => [one.dimension, one.numerator]),
        );
        const credits = factsOfNode({ reportFacts, targets: [], calendar }, node).of('credit', begin, boundsOf(whole, zone).until);
        expect([...months.values()].reduce((sum, one) => sum + one, 0)).toBe(credits.reduce((sum, one) => sum + one.minor, 0));
      }),
      { numRuns: 60 },
    );
  });
});
