import { membershipsOf, targetOf, type Company, type Node } from '@meilenstein/contracts';
import { day, type FiscalCalendar, type Instant } from '@meilenstein/kernel';
import { countsAt, type ReportFact, type FactKind } from './report-fact.ts';
import type { NodeFacts, TargetRecords } from '../../kpis/domain/kpi.ts';

/** A fact as it was known before the cut-off: undefined for a later fact, and without later events of the lead or opportunity. */
const asOfCutOff = (fact: ReportFact, cutOff: Instant): ReportFact | undefined => {
  if (fact.recordedAt >= cutOff) return undefined;
  const beforeCutOff = <Later extends { readonly recordedAt: Instant }>(later: Later | null): Later | null =>
    later !== null && later.recordedAt < cutOff ? later : null;
  const isBeforeCutOff = (at: Instant | null): boolean => at !== null && at < cutOff;
  switch (fact.kind) {
    case 'lead':
    case 'assigned-lead':
    case 'stage':
    case 'assigned-stage':
      return {
        ...fact,
        converted: beforeCutOff(fact.converted),
        mql: beforeCutOff(fact.mql),
        sql: beforeCutOff(fact.sql),
        merges: fact.merges.filter((merge) => merge.recordedAt < cutOff),
      };
    case 'opportunity':
      return {
        ...fact,
        won: beforeCutOff(fact.won),
        cancelled: beforeCutOff(fact.cancelled),
        orders: fact.orders.filter((order) => order.recordedAt < cutOff),
      };
    case 'deadline':
      return { ...fact, answers: fact.answers.filter((answer) => answer.recordedAt < cutOff), ended: beforeCutOff(fact.ended) };
    case 'answer':
    case 'commitment':
      return isBeforeCutOff(fact.supersededAt) ? undefined : { ...fact, supersededAt: null };
    case 'qualified':
      return isBeforeCutOff(fact.absorbedAt) ? undefined : { ...fact, absorbedAt: null };
    case 'merge':
    case 'touchpoint':
    case 'quarantined':
    case 'milestone':
    case 'milestone-withdrawn':
    case 'won':
    case 'lost':
    case 'loss-withdrawn':
    case 'corrected':
    case 'cancelled':
    case 'credit':
      return fact;
  }
};

const belongsTo = (fact: ReportFact, { level, key }: Node): boolean => {
  if (level === 'company') return true;
  const owner = 'owner' in fact ? fact.owner : null;
  return owner !== null && (level === 'team' ? owner.teamId : owner.repId) === key;
};

const isOf = <K extends FactKind>(fact: ReportFact, kind: K): fact is Extract<ReportFact, { kind: K }> => fact.kind === kind;

export type FactsAtCutOff = {
  readonly reportFacts: readonly ReportFact[];
  readonly targets: TargetRecords;
  readonly calendar: FiscalCalendar;
  /** the memberships by whose days targets of reps count; absent: whole targets */
  readonly company?: Company;
};

/** The facts recorded before a cut-off, sorted, so that the order of the store does not matter. */
export const factsBefore = (cutOff: Instant, all: readonly ReportFact[]): readonly ReportFact[] =>
  all
    .flatMap((fact) => asOfCutOff(fact, cutOff) ?? [])
    .toSorted((a, b) => (a.recordedAt === b.recordedAt ? (a.occurredAt < b.occurredAt ? -1 : 1) : a.recordedAt < b.recordedAt ? -1 : 1));

/**
 * The targets recorded before a cut-off, so that a later plan does not change a closed report. Where there are none, the first version of each
 * target counts, so that a company set up later can report its imported history.
 */
export const targetsBefore = (cutOff: Instant, all: TargetRecords): TargetRecords => {
  const recorded = all.filter((target) => target.recordedAt < cutOff);
  if (recorded.length > 0) return recorded;
  const byTarget = Map.groupBy(all, ({ planId, node }) => `${planId} ${node.level} ${node.key}`);
  return [...byTarget.values()].flatMap((versions) => versions.toSorted((a, b) => a.planVersion - b.planVersion).slice(0, 1));
};

/** The facts of one node, in the form that KPIs read. */
export const factsOfNode = ({ reportFacts, targets, calendar, company }: FactsAtCutOff, node: Node): NodeFacts => {
  const factsOfThisNode = reportFacts.filter((fact) => belongsTo(fact, node));
  const versions = targets
    .filter((target) => target.node.level === node.level && target.node.key === node.key)
    .map((target) => ({ ...target, effectiveFrom: day.parse(target.effectiveFrom), months: [...target.months] }));
  return {
    of: (kind, from, until) =>
      factsOfThisNode.filter((fact) => isOf(fact, kind)).filter((fact) => from <= countsAt(fact) && countsAt(fact) < until),
    targetOf: (period) => targetOf(versions, calendar, period, company && membershipsOf(company, node)),
  };
};
