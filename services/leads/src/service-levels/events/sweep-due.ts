import type { LeadFact } from '@meilenstein/contracts';
import type { Decision, Instant, LeadId } from '@meilenstein/kernel';
import { describe, logger, onSchedule } from '@meilenstein/runtime';
import { checkFollowUpDue } from '../../follow-up/domain/follow-up-commands.ts';
import { dueTimers } from '../../lead/domain/timers.ts';
import type { CapturedLead, Lead } from '../../lead/domain/lead.ts';
import { checkServiceLevelDue } from '../domain/service-level-commands.ts';
import { checkQueueDue } from '../../assignment/domain/give-back.ts';
import type { LeadsDeps } from '../../live-leads.ts';

/** The events that time alone causes for a lead. They move or remove the timer of the check. */
export type DueCheck = (lead: CapturedLead, now: Instant) => Decision<LeadFact, never>;

/** The due check of each timer. */
const dueChecks: Readonly<Record<string, DueCheck>> = {
  'service-level': checkServiceLevelDue,
  queue: checkQueueDue,
  'follow-up': checkFollowUpDue,
};

const pageSize = 50;
/** The limit for one shard in one sweep; the next sweep, a minute later, continues. */
const mostOfShard = 500;

const runDueChecks =
  (all: Readonly<Record<string, DueCheck>>, now: Instant) =>
  (state: Lead): Decision<LeadFact, never> => {
    if (state.status === 'none') return { events: [] };
    const decisions = dueTimers(state.timers, now).map((name) => {
      const check = all[name];
      if (check === undefined) throw new Error(`lead ${state.leadId}: no check for the timer ${name}`);
      return check(state, now);
    });
    return { events: decisions.flatMap((one) => ('events' in one ? one.events : [])) };
  };

type Swept = { readonly checked: number; readonly changed: number; readonly failed: number };
const together = (a: Swept, b: Swept): Swept => ({
  checked: a.checked + b.checked,
  changed: a.changed + b.changed,
  failed: a.failed + b.failed,
});
const nothing: Swept = { checked: 0, changed: 0, failed: 0 };

/** One conditional change; a lead that fails does not block the others. */
const sweepLead = async ({ stores }: LeadsDeps, check: (state: Lead) => Decision<LeadFact, never>, id: LeadId): Promise<Swept> => {
  try {
    const result = await stores.leads.change(id, check);
    return { checked: 1, changed: 'changed' in result && result.changed.events.length > 0 ? 1 : 0, failed: 0 };
  } catch (error) {
    logger.error('a due lead could not be checked', { leadId: id, ...describe(error) });
    return { checked: 1, changed: 0, failed: 1 };
  }
};

const sweepShard = async (
  deps: LeadsDeps,
  check: (state: Lead) => Decision<LeadFact, never>,
  { shard, now, after }: { readonly shard: number; readonly now: Instant; readonly after: string | null },
): Promise<{ readonly swept: Swept; readonly position: string | null }> => {
  let [swept, position] = [nothing, after];
  while (swept.checked < mostOfShard) {
    const page = await deps.stores.leads.dueIn(shard, now, { limit: pageSize, after: position });
    for (const { leadId } of page.items) swept = together(swept, await sweepLead(deps, check, leadId));
    if (!page.more) return { swept, position: null };
    position = page.items.at(-1)?.position ?? null;
  }
  return { swept, position };
};

/**
 * Runs every minute and checks only the leads that are due. Each finding is dated at its own time, so a late or repeated sweep finds
 * the same, once. The cost depends on what is due and not on how long it was due.
 */
export const sweepDue = (deps: LeadsDeps, all: Readonly<Record<string, DueCheck>> = dueChecks) =>
  onSchedule('sweep-due', async (now: Instant): Promise<Swept> => {
    const { sweep } = deps.stores;
    const positions = await sweep.read();
    const check = runDueChecks(all, now);
    const shards = await Promise.all(positions.map((after, shard) => sweepShard(deps, check, { shard, now, after })));
    const stopped = shards.map((one) => one.position);
    if (stopped.some((position, shard) => position !== positions[shard])) await sweep.keep(stopped);
    const swept = shards.map((one) => one.swept).reduce(together, nothing);
    if (swept.failed > 0) throw new Error(`${swept.failed} of ${swept.checked} due leads could not be checked`);
    return swept;
  });
