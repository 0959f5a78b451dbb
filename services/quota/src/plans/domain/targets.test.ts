import { targetOf, type TargetsFact } from '@meilenstein/contracts';
import { currency, day, periodNamed, planId, toInstant, type Decision, type FiscalCalendar } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import {
  evolveTargets,
  holdsClaim,
  noTargetHistory,
  setTargets,
  targetInForce,
  revertTargets,
  withdrawTargets,
  type TargetHistory,
} from './targets.ts';

const calendar: FiscalCalendar = { kind: 'months', startMonth: 1 };
const targetKey = (fiscalYear: number) => ({ node: { level: 'rep' as const, key: 'ann' }, measure: 'revenue' as const, fiscalYear });
const targetsOfVersion = (planVersion: number, month: number, { from = '2026-01-01', fiscalYear = 2026 } = {}) => ({
  ...targetKey(fiscalYear),
  planId: planId.parse('p'),
  planVersion,
  currency: currency.parse('EUR'),
  effectiveFrom: day.parse(from),
  months: Array.from({ length: 12 }, () => month),
});
const from = (planVersion: number, effectiveFrom: string) => ({ planVersion, effectiveFrom: day.parse(effectiveFrom) });

const times = { occurredAt: toInstant('2026-01-01T00:00:00Z'), recordedAt: toInstant('2026-01-01T00:00:00Z') };
const after = (targets: TargetHistory, decision: Decision<TargetsFact, never>): TargetHistory =>
  'refused' in decision ? targets : decision.events.reduce((before, fact) => evolveTargets(before, { ...fact, ...times }), targets);
const yearOf = ({ versions }: Pick<TargetHistory, 'versions'>, fiscalYear = 2026): number | null => {
  const period = periodNamed(calendar, `FY${fiscalYear}`);
  return period === undefined ? null : targetOf(versions, calendar, period);
};

const published = after(noTargetHistory, setTargets(noTargetHistory, targetsOfVersion(1, 10)));

describe('the targets of a node in a plan', () => {
  it('are those of the last event for a version, whatever day an earlier one named', () => {
    const once = after(published, setTargets(published, targetsOfVersion(2, 50, { from: '2026-07-01' })));
    const again = after(once, setTargets(once, targetsOfVersion(2, 20)));
    expect(yearOf(again)).toBe(240);
    expect(yearOf({ versions: [...published.versions, targetsOfVersion(2, 50, { from: '2026-07-01' }), targetsOfVersion(2, 20)] })).toBe(
      240,
    );
  });

  it('stay those of the published version until the next one is published', () => {
    const next = after(published, setTargets(published, targetsOfVersion(2, 50)));
    expect(targetInForce(next, 1)?.months[0]).toBe(10);
    expect(targetInForce(next, 2)?.months[0]).toBe(50);
    const withdrawn = after(published, withdrawTargets(published, from(2, '2026-07-01')));
    expect(targetInForce(withdrawn, 1)?.months[0]).toBe(10);
    expect(targetInForce(withdrawn, 2)).toBeUndefined();
  });

  it('return to the previous version with its claims when an unpublished version is reverted', () => {
    for (const decision of [
      setTargets(published, targetsOfVersion(2, 50)),
      setTargets(published, targetsOfVersion(2, 50, { fiscalYear: 2027 })),
      withdrawTargets(published, from(2, '2026-07-01')),
    ]) {
      const next = after(published, decision);
      const back = after(next, revertTargets(next, 2));
      expect([yearOf(back), yearOf(back, 2027)]).toEqual([120, null]);
      expect([holdsClaim(back, targetKey(2026)), holdsClaim(back, targetKey(2027))]).toEqual([true, false]);
    }
    expect(revertTargets(published, 2)).toEqual({ events: [] });
  });

  it('claim each year when it is first set, and release it when the year is reverted or withdrawn', () => {
    const key = (fiscalYear: number) => ({ kind: 'target', value: `revenue ${fiscalYear} rep:ann` });
    expect(setTargets(noTargetHistory, targetsOfVersion(1, 10))).toMatchObject({ claims: [key(2026)], releases: [] });
    expect(setTargets(published, targetsOfVersion(2, 50))).toMatchObject({ claims: [], releases: [] });
    const next = after(published, setTargets(published, targetsOfVersion(2, 50, { fiscalYear: 2027 })));
    expect(setTargets(next, targetsOfVersion(2, 30))).toMatchObject({ claims: [], releases: [key(2027)] });
    expect(withdrawTargets(published, from(2, '2026-07-01'))).toMatchObject({ claims: [], releases: [key(2026)] });
  });

  it('are withdrawn only once', () => {
    const withdrawn = after(published, withdrawTargets(published, from(2, '2026-07-01')));
    expect(withdrawTargets(withdrawn, from(3, '2026-09-01'))).toEqual({ events: [] });
  });
});
