import { count, stageFactsOf, type NodeFacts, type Measure, type MeasureContext, type StageFact } from './kpi.ts';

const sum = (some: readonly StageFact[]): number => some.reduce((total, one) => total + one.by, 0);

const groups = (some: readonly StageFact[], nameOf: (one: StageFact) => string): readonly Measure[] =>
  [...Map.groupBy(some, nameOf)].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, own]) => count(sum(own), name));

/** Counts persons that reached a stage; for the company also by source and market. */
export const qualifiedLeads =
  (stage: StageFact['stage']) =>
  (facts: NodeFacts, { from, until, node }: MeasureContext): readonly Measure[] => {
    const own = stageFactsOf(facts, node, from, until).filter((one) => one.stage === stage);
    if (node.level !== 'company') return [count(sum(own))];
    const bySource = groups(own, (one) => `source ${one.sourceId ?? 'unknown'}`);
    return [count(sum(own)), ...bySource, ...groups(own, (one) => `market ${one.market ?? 'unknown'}`)];
  };
