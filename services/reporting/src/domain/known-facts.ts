import { targetOf, type Node } from '@meilenstein/contracts';
import { day, type FiscalCalendar, type Instant } from '@meilenstein/kernel';
import type { Countable, Kind } from './facts.ts';
import type { Facts, Targets } from './kpi.ts';

/** What was known before the cut-off: a person counts once, later assignments and conversions are taken off, later facts are left out. */
const knownAt = (fact: Countable, cutOff: Instant): Countable | undefined => {
  if (fact.recordedAt >= cutOff) return undefined;
  if (fact.kind !== 'lead') return fact;
  const { owner, converted, absorbedAt } = fact;
  if (absorbedAt !== null && absorbedAt < cutOff) return undefined;
  return {
    ...fact,
    owner: owner !== null && owner.recordedAt < cutOff ? owner : null,
    converted: converted !== null && converted.recordedAt < cutOff ? converted : null,
    absorbedAt: null,
  };
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
    .toSorted((a, b) => (a.occurredAt === b.occurredAt ? (a.recordedAt < b.recordedAt ? -1 : 1) : a.occurredAt < b.occurredAt ? -1 : 1));

/** The facts of one node, as KPIs ask for them. */
export const factsOf = ({ countables, targets, calendar }: Known, node: Node): Facts => {
  const own = countables.filter((fact) => belongsTo(fact, node));
  const versions = targets
    .filter((target) => target.node.level === node.level && target.node.key === node.key)
    .map(({ effectiveFrom, planVersion, fiscalYear, months }) => ({
      effectiveFrom: day.parse(effectiveFrom),
      planVersion,
      fiscalYear,
      months: [...months],
    }));
  return {
    of: (kind, from, until) => own.filter((fact) => isOf(fact, kind)).filter((fact) => from <= fact.occurredAt && fact.occurredAt < until),
    targetOf: (period) => targetOf(versions, calendar, period),
  };
};
