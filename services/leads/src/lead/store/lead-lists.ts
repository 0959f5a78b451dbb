import { stage, type Happened, type LeadFact } from '@meilenstein/contracts';
import { utcDayOf } from '@meilenstein/kernel';
import { keyText, type Item, type Key, type Write } from '@meilenstein/runtime';
import type { Lead } from '../domain/lead.ts';
import { serviceLevelEntriesOf } from '../../service-levels/domain/service-level-report.ts';
import { byTime, serviceLevelKey, managerTasks, ownerTasks, qualifiedKey, soldKey, taskKey, trialsPartition } from '../../keys.ts';

/** Each service level is listed under the day on which it is due and the day of its answer. */
const ledgerItems = (state: Lead): readonly Item[] => {
  const entries = state.status === 'none' ? [] : serviceLevelEntriesOf(state);
  return entries.flatMap((entry) => {
    const days = [entry.dueAt, entry.answeredAt].flatMap((at) => (at === null ? [] : [utcDayOf(at)]));
    return [...new Set(days)].map((day) => ({ ...serviceLevelKey(day, entry.leadId, entry.round), entry }));
  });
};

/** Leads that reached a stage for the first time, with their segments at that time. */
const qualifiedItems = (facts: readonly Happened<LeadFact>[]): readonly Item[] =>
  facts.flatMap((fact) => {
    if (fact.name !== 'LeadQualified' || fact.data.again) return [];
    const { leadId, stage, segments } = fact.data;
    const at = fact.occurredAt;
    return [{ ...qualifiedKey(utcDayOf(at), stage, leadId), qualified: { leadId, stage, at, segments } }];
  });

/** The rep who sold to an account last owns it. */
const soldItems = (facts: readonly Happened<LeadFact>[]): readonly Item[] =>
  facts.flatMap((fact) => {
    if (fact.name !== 'LeadConverted') return [];
    const { leadId, account, repId } = fact.data;
    return [{ ...soldKey(account.id, fact.occurredAt, leadId), account: account.id, repId, since: fact.occurredAt }];
  });

/** The list items that an import row caused before it was corrected. */
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

/** Items of one-time events; only a corrected import row removes them. */
const happenedItems = (facts: readonly Happened<LeadFact>[], before: Lead): readonly Write[] => {
  const items = [...qualifiedItems(facts), ...soldItems(facts)];
  const kept = new Set(items.map(keyText));
  const isCorrected = facts.some((fact) => fact.name === 'LeadCorrected');
  const gone = isCorrected ? keysOfRow(before).filter((key) => !kept.has(keyText(key))) : [];
  return [...items.map((put) => ({ put })), ...gone.map((remove) => ({ remove }))];
};

/** An open task is in the list of the person who has to do it, and moves with the lead. */
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

/** What became of an e-mail whose wording is compared, under the plan and its two wordings. */
const trialItems = (state: Lead): readonly Item[] =>
  state.status === 'none'
    ? []
    : Object.entries(state.trials).map(([plan, trial]) => ({ pk: trialsPartition(plan, trial.experiment), sk: state.leadId, trial }));

const allItems = (state: Lead): readonly Item[] => [...ledgerItems(state), ...taskItems(state), ...trialItems(state)];

/** The writes that turn the former list items into the current ones; only differences are written. */
const listChanges = (before: readonly Item[], after: readonly Item[]): readonly Write[] => {
  const there = new Map(before.map((item) => [keyText(item), JSON.stringify(item)]));
  const kept = new Set(after.map(keyText));
  return [
    ...after.filter((item) => there.get(keyText(item)) !== JSON.stringify(item)).map((put) => ({ put })),
    ...before.filter((item) => !kept.has(keyText(item))).map(({ pk, sk }) => ({ remove: { pk, sk } })),
  ];
};

/** The list items of a lead, written in the same transaction as the lead. */
export const leadLists = (
  facts: readonly Happened<LeadFact>[],
  { before, after }: { readonly before: Lead; readonly after: Lead },
): readonly Write[] => [...listChanges(allItems(before), allItems(after)), ...happenedItems(facts, before)];
