import type { Instant } from '@meilenstein/kernel';
import { onSchedule } from '@meilenstein/runtime';
import type { CapturedLead } from '../../lead/domain/lead.ts';
import { touchesOf } from '../../lead/domain/lead-situation.ts';
import { learnableFacts } from '../domain/learnable-facts.ts';
import type { RulesInForce } from '../../qualification/domain/rules-in-force.ts';
import { learnOutcomes, type EndedLead } from '../domain/learn-outcomes.ts';
import { isWon, type LeadOutcome } from '../domain/lead-outcome.ts';
import type { StoredOutcome } from '../store/learned-score-store.ts';
import { touchpointsOf } from '../../identity/store/touchpoints.ts';
import type { LeadsDeps } from '../../live-leads.ts';

/** Model and rows are one transaction. */
const atOnce = 80;
const maxMillis = 4 * 60_000;

/** An erased lead is not learned, and a disqualified one only if it is still disqualified. */
const teaches = (lead: CapturedLead | undefined, { cause }: LeadOutcome): lead is CapturedLead =>
  lead !== undefined && lead.status !== 'erased' && (cause !== 'disqualified' || lead.status === 'disqualified');

const endedLead = async (
  { stores }: LeadsDeps,
  lead: CapturedLead,
  outcome: LeadOutcome,
  rulesInForce: RulesInForce,
): Promise<EndedLead> => {
  const { endedAt } = outcome;
  const touches = touchesOf(lead, await touchpointsOf(stores, lead));
  const facts = learnableFacts(lead, touches, { survivorship: rulesInForce.survivorship, until: endedAt });
  return { leadId: outcome.leadId, sourceId: lead.sourceId, won: isWon(outcome), endedAt, facts };
};

/** Learns one batch; returns how many rows were processed. */
const learnSome = async (deps: LeadsDeps, due: readonly StoredOutcome[], at: Instant): Promise<number> => {
  const { leads, learnedScore } = deps.stores;
  const [rulesInForce, before] = await Promise.all([deps.stores.rulesInForce(), learnedScore.model()]);
  const loaded = await Promise.all(due.map(async (row) => ({ row, lead: (await leads.find(row.outcome.leadId))?.lead })));
  const learnable = loaded.flatMap(({ row, lead }) => (teaches(lead, row.outcome) ? [{ row, lead }] : []));
  const ended = await Promise.all(learnable.map(({ row, lead }) => endedLead(deps, lead, row.outcome, rulesInForce)));
  const { after, predictions } = learnOutcomes(before.learned, ended);
  const rows = learnable.map(({ row, lead }) => {
    const probability = predictions.find((one) => one.leadId === row.outcome.leadId)?.probability ?? null;
    return { ...row, outcome: { ...row.outcome, learned: { at, sourceId: lead.sourceId, probability } } };
  });
  const isKept = rows.length === 0 || (await learnedScore.keep(before, after, rows));
  await learnedScore.drop(loaded.filter(({ row, lead }) => !teaches(lead, row.outcome)).map(({ row }) => row.outcome.leadId));
  return isKept ? due.length : 0;
};

/**
 * Learns from the leads whose outcome is known, in the order of the outcomes. It runs on a schedule and not with each event: a single
 * writer needs no queue, and the outcomes of a day are in order however the bus delivered them.
 */
export const learnFromOutcomes = (deps: LeadsDeps) =>
  onSchedule('learn-from-outcomes', async (at: Instant): Promise<{ readonly learned: number }> => {
    const until = Date.parse(deps.clock.now()) + maxMillis;
    let learned = 0;
    let due = await deps.stores.learnedScore.due(at, atOnce);
    while (due.length > 0 && Date.parse(deps.clock.now()) < until) {
      const some = await learnSome(deps, due, at);
      // The index is behind the table, or another run is under way: the next run goes on.
      if (some === 0) break;
      learned += some;
      due = await deps.stores.learnedScore.due(at, atOnce);
    }
    return { learned };
  });
