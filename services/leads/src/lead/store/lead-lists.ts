import { stage, type Happened, type LeadFact } from '@meilenstein/contracts';
import { utcDayOf } from '@meilenstein/kernel';
import { keyText, type Item, type Key, type Write } from '@meilenstein/runtime';
import type { Lead } from '../domain/lead.ts';
import { serviceLevelEntriesOf } from '../../service-levels/domain/service-level-report.ts';
import { byTime, serviceLevelKey, managerTasks, ownerTasks, qualifiedKey, soldKey, taskKey, trialsPartition } from '../../keys.ts';

/** Each promise stands under the day on which it is due, and under that of its answer. */
const ledgerItems = (state: Lead): readonly Item[] => {
  const entries = state.status === 'none' ? [] : serviceLevelEntriesOf(state);
  return entries.flatMap((entry) => {
    const days = [entry.dueAt, entry.answeredAt].flatMap((at) => (at === null ? [] : [utcDayOf(at)]));
    return [...new Set(days)].map((day) => ({ ...serviceLevelKey(day, entry.leadId, entry.round), entry }));
  });
};

/** Who reached a stage for the first time, as it was then. */
const qualifiedItems = (facts: readonly Happened<LeadFact>[]): readonly Item[] =>
  facts.flatMap((fact) => {
    if (fact.name !== 'LeadQualified' || fact.data.again) return [];
    const { leadId, stage, segments } = fact.data;
    const at = fact.occurredAt;
    return [{ ...qualifiedKey(utcDayOf(at), stage, leadId), qualified: { leadId, stage, at, segments } }];
  });

/** Who sold to an account last is the one who keeps it. */
const soldItems = (facts: readonly Happened<LeadFact>[]): readonly Item[] =>
  facts.flatMap((fact) => {
    if (fact.name !== 'LeadConverted') return [];
    const { leadId, account, repId } = fact.data;
    return [{ ...soldKey(account.id, fact.occurredAt, leadId), account: account.id, repId, since: fact.occurredAt }];
  });

/** Where a lead stands by what an import said, before the row was corrected. */
const keysOfRow = (lead: Lead): readonly Key[] => {
  if (lead.status === 'none' || lead.imported === null) return [];
  const { leadId, reached, imported } = lead;
  const stages = stage.options.flatMap((one) => {
    const at = reached[one]?.at;
    return at === undefined ? [] : [qualifiedKey(utcDayOf(at), one, leadId)];
  });
  const { converted } = imported;
  return [...stages, ...(converted === null ? [] : [soldKey(converted.accountId, converted.occurredAt, leadId)])];
};

/** What happened once and stands where it happened; only a corrected row takes it away again. */
const happenedItems = (facts: readonly Happened<LeadFact>[], before: Lead): readonly Write[] => {
  const items = [...qualifiedItems(facts), ...soldItems(facts)];
  const kept = new Set(items.map(keyText));
  const isCorrected = facts.some((fact) => fact.name === 'LeadCorrected');
  const gone = isCorrected ? keysOfRow(before).filter((key) => !kept.has(keyText(key))) : [];
  return [...items.map((put) => ({ put })), ...gone.map((remove) => ({ remove }))];
};

/** An open task stands in the list of whoever has to do it; it moves with the lead. */
const taskItems = (state: Lead): readonly Item[] =>
  state.status === 'none'
    ? []
    : state.tasks
        .filter((task) => task.doneAt === null)
        .map((task) => {
          const list = task.whose === 'owner' ? ownerTasks(state.owner?.repId ?? null) : managerTasks(state.owner?.teamId ?? null);
          const { leadId } = state;
          return { ...taskKey(leadId, task.taskId), gsi1pk: list, gsi1sk: byTime(task.dueAt, task.taskId), leadId, task };
        });

/** What became of a mail whose wording is compared, under the plan and its two wordings. */
const trialItems = (state: Lead): readonly Item[] =>
  state.status === 'none'
    ? []
    : Object.entries(state.trials).map(([plan, trial]) => ({ pk: trialsPartition(plan, trial.experiment), sk: state.leadId, trial }));

const allItems = (state: Lead): readonly Item[] => [...ledgerItems(state), ...taskItems(state), ...trialItems(state)];

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
): readonly Write[] => [...moved(allItems(before), allItems(after)), ...happenedItems(facts, before)];
