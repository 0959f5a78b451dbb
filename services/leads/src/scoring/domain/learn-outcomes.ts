import type { Instant, LeadId, SourceId } from '@meilenstein/kernel';
import * as z from 'zod';
import { countedFacts, countFills, factsBefore, fillCounts, lateFields, type DatedFacts } from './first-fill.ts';
import { learn, learnedModel, learnedScore, emptyModel, type LearnedModel, type LearnedScore } from './learned-score.ts';

/** Everything that was learned: the model, and when fields were filled. */
export const learned = z.object({ model: learnedModel, fills: fillCounts });
export type Learned = z.infer<typeof learned>;

export const initialLearning: Learned = { model: emptyModel, fills: {} };

export type EndedLead = {
  readonly leadId: LeadId;
  readonly sourceId: SourceId;
  readonly won: boolean;
  readonly endedAt: Instant;
  readonly facts: DatedFacts;
};

/** What was predicted for a lead before its outcome was learned; null while the score gave no answer. */
export type LeadPrediction = { readonly leadId: LeadId; readonly probability: number | null };

/** A model without fields that turned out to be filled late; not even their being blank counts any more. */
const without = (model: LearnedModel, fields: readonly string[]): LearnedModel => {
  const isOf = (name: string): boolean => fields.some((field) => name === field || name.startsWith(`${field} `));
  const kept = <Value>(record: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(Object.entries(record).filter(([name]) => !isOf(name)));
  return { ...model, weights: kept(model.weights), columns: kept(model.columns) };
};

const byEnd = (a: EndedLead, b: EndedLead): number =>
  a.endedAt === b.endedAt ? (a.leadId < b.leadId ? -1 : 1) : a.endedAt < b.endedAt ? -1 : 1;

const learnOne = ({ model, fills: before }: Learned, lead: EndedLead): { readonly after: Learned; readonly probability: number | null } => {
  const fills = countFills(before, lead.facts, lead.endedAt);
  const late = lateFields(fills);
  const honest = without(model, late);
  const facts = factsBefore(countedFacts(lead.facts, fills), lead.endedAt, late);
  const score = learnedScore(honest, facts);
  return {
    after: { model: learn(honest, [{ facts, won: lead.won }]), fills },
    probability: score.status === 'scored' ? score.probability : null,
  };
};

/** Learns leads in the order of their outcomes. Each is predicted before it is learned, so that the predictions can be graded. */
export const learnOutcomes = (
  before: Learned,
  ended: readonly EndedLead[],
): { readonly after: Learned; readonly predictions: readonly LeadPrediction[] } => {
  let after = before;
  const predictions: LeadPrediction[] = [];
  for (const lead of ended.toSorted(byEnd)) {
    const step = learnOne(after, lead);
    after = step.after;
    predictions.push({ leadId: lead.leadId, probability: step.probability });
  }
  return { after, predictions };
};

/** The learned score of an open lead, by what was known before now. */
export const scoreByLearned = ({ model, fills }: Learned, facts: DatedFacts, now: Instant): LearnedScore => {
  const late = lateFields(fills);
  return learnedScore(without(model, late), factsBefore(facts, now, late));
};
