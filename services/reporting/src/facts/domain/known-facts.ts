import { targetOf, type Node } from '@meilenstein/contracts';
import { day, type FiscalCalendar, type Instant } from '@meilenstein/kernel';
import { countsAt, type Countable, type Kind } from './countable.ts';
import type { Facts, Targets } from '../../kpis/domain/kpi.ts';

/** What was known before the cut-off: later facts are left out, and what became of a lead later is taken off. */
const knownAt = (fact: Countable, cutOff: Instant): Countable | undefined => {
  if (fact.recordedAt >= cutOff) return undefined;
  const known = <Later extends { readonly recordedAt: Instant }>(later: Later | null): Later | null =>
    later !== null && later.recordedAt < cutOff ? later : null;
  const isKnown = (at: Instant | null): boolean => at !== null && at < cutOff;
  switch (fact.kind) {
    case 'lead':
    case 'given-lead':
    case 'stage':
    case 'given-stage':
      return {
        ...fact,
        converted: known(fact.converted),
        mql: known(fact.mql),
        sql: known(fact.sql),
        merges: fact.merges.filter((merge) => merge.recordedAt < cutOff),
      };
    case 'opportunity':
      return { ...fact, won: known(fact.won), cancelled: known(fact.cancelled) };
    case 'due':
      return { ...fact, answers: fact.answers.filter((answer) => answer.recordedAt < cutOff), ended: known(fact.ended) };
    case 'answer':
    case 'promise':
      return isKnown(fact.supersededAt) ? undefined : { ...fact, supersededAt: null };
    case 'qualified':
      return isKnown(fact.absorbedAt) ? undefined : { ...fact, absorbedAt: null };
    case 'merge':
    case 'touchpoint':
    case 'quarantined':
    case 'milestone':
    case 'won':
    case 'lost':
    case 'cancelled':
    case 'credit':
      return fact;
  }
};

const belongsTo = (fact: Countable, { level, key }: Node): boolean => {
  if (level === 'company') return true;
  const owner = 'owner' in fact ? fact.owner : null;
  return owner !== null && (level === 'team' ? owner.teamId : owner.repId) === key;
};

const isOf = <K extends Kind>(fact: Countable, kind: K): fact is Extract<Countable, { kind: K }> => fact.kind === kind;

export type Known = { readonly countables: readonly Countable[]; readonly targets: Targets; readonly calendar: FiscalCalendar };

/** The facts before a cut-off, sorted, so that the order in which a store gives them does not matter. */
export const before = (cutOff: Instant, all: readonly Countable[]): readonly Countable[] =>
  all
    .flatMap((fact) => knownAt(fact, cutOff) ?? [])
    .toSorted((a, b) => (a.recordedAt === b.recordedAt ? (a.occurredAt < b.occurredAt ? -1 : 1) : a.recordedAt < b.recordedAt ? -1 : 1));

/**
 * The targets that were known before a cut-off, so that a later plan leaves a closed report as it is. Where none was, the first that was
 * told of each counts: a company that was set up later can report its imported history.
 */
export const targetsBefore = (cutOff: Instant, all: Targets): Targets => {
  const known = all.filter((target) => target.recordedAt < cutOff);
  if (known.length > 0) return known;
  const first = Map.groupBy(all, ({ planId, node }) => `${planId} ${node.level} ${node.key}`);
  return [...first.values()].flatMap((versions) => versions.toSorted((a, b) => a.planVersion - b.planVersion).slice(0, 1));
};

/** The facts of one node, as KPIs ask for them. */
export const factsOf = ({ countables, targets, calendar }: Known, node: Node): Facts => {
  const own = countables.filter((fact) => belongsTo(fact, node));
  const versions = targets
    .filter((target) => target.node.level === node.level && target.node.key === node.key)
    .map((target) => ({ ...target, effectiveFrom: day.parse(target.effectiveFrom), months: [...target.months] }));
  return {
    of: (kind, from, until) => own.filter((fact) => isOf(fact, kind)).filter((fact) => from <= countsAt(fact) && countsAt(fact) < until),
    targetOf: (period) => targetOf(versions, calendar, period),
  };
};
