import type { Entry, Step } from './conversion.ts';
import { leadFactsOf, stageFactsOf, type LeadFact, type StageFact } from './kpi.ts';

type Journey = Pick<LeadFact | StageFact, 'converted' | 'mql' | 'sql'>;

const entryOf = (fact: LeadFact | StageFact, next: keyof Journey): Entry => ({
  recordedAt: fact.recordedAt,
  next: fact[next]?.recordedAt ?? null,
  merges: fact.merges,
  sourceId: 'sourceId' in fact ? fact.sourceId : null,
  market: 'market' in fact ? fact.market : null,
});

/** Leads, with the time at which they are known in a later step. */
export const leadEntries =
  (next: keyof Journey): Step['entriesOf'] =>
  (facts, { node }, { from, until }) =>
    leadFactsOf(facts, node, from, until).map((lead) => entryOf(lead, next));

/** Leads that reached a stage for the first time, with the time at which they are known in a later step. */
export const stageEntries =
  (stage: StageFact['stage'], next: keyof Journey): Step['entriesOf'] =>
  (facts, { node }, { from, until }) =>
    stageFactsOf(facts, node, from, until)
      .filter((one) => one.stage === stage && one.isFirst)
      .map((one) => entryOf(one, next));
