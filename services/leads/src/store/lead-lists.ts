import type { Happened, LeadFact } from '@meilenstein/contracts';
import { utcDayOf } from '@meilenstein/kernel';
import { keyText, type Item, type Write } from '@meilenstein/runtime';
import type { Lead } from '../domain/lead.ts';
import { salesEntryOf } from '../domain/service-level/service-ledger.ts';
import { ledgerKey, qualifiedKey } from './keys.ts';

/** A promise stands under the day on which it is due, and under that of its answer. */
const ledgerItems = (state: Lead): readonly Item[] => {
  const entry = state.status === 'none' ? undefined : salesEntryOf(state);
  if (entry === undefined) return [];
  const days = [entry.dueAt, entry.answeredAt].flatMap((at) => (at === null ? [] : [utcDayOf(at)]));
  return [...new Set(days)].map((day) => ({ ...ledgerKey(day, entry.leadId), entry }));
};

/** Who reached a stage for the first time, as it was then. */
const qualifiedItems = (facts: readonly Happened<LeadFact>[]): readonly Item[] =>
  facts.flatMap((fact) => {
    if (fact.name !== 'LeadQualified' || fact.data.again) return [];
    const { leadId, stage, segments } = fact.data;
    const at = fact.occurredAt;
    return [{ ...qualifiedKey(utcDayOf(at), stage, leadId), qualified: { leadId, stage, at, segments } }];
  });

/** From the items that a state stood in to those that it stands in now: only what is different is written. */
const moved = (before: readonly Item[], after: readonly Item[]): readonly Write[] => {
  const there = new Map(before.map((item) => [keyText(item), JSON.stringify(item)]));
  const kept = new Set(after.map(keyText));
  return [
    ...after.filter((item) => there.get(keyText(item)) !== JSON.stringify(item)).map((put) => ({ put })),
    ...before.filter((item) => !kept.has(keyText(item))).map(({ pk, sk }) => ({ remove: { pk, sk } })),
  ];
};

/** The lists that a lead stands in beside its own items, written in the same breath. */
export const leadLists = (
  facts: readonly Happened<LeadFact>[],
  { before, after }: { readonly before: Lead; readonly after: Lead },
): readonly Write[] => [...moved(ledgerItems(before), ledgerItems(after)), ...qualifiedItems(facts).map((put) => ({ put }))];
