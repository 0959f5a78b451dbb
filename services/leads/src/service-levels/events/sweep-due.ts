import type { LeadFact } from '@meilenstein/contracts';
import type { Decision, Instant, LeadId } from '@meilenstein/kernel';
import { describe, logger, onSchedule } from '@meilenstein/runtime';
import { lookAtFollowUp } from '../../follow-up/domain/follow-lead.ts';
import { dueLooks } from '../../lead/domain/looks.ts';
import type { CapturedLead, Lead } from '../../lead/domain/lead.ts';
import { lookAtService } from '../domain/keep-promise.ts';
import { lookAtQueue } from '../../assignment/domain/give-back.ts';
import type { LeadsDeps } from '../../live-leads.ts';

/** What time alone brings about for a lead. Its facts move or end the look that it was asked for. */
export type Look = (lead: CapturedLead, now: Instant) => Decision<LeadFact, never>;

/** By the name of a look: who answers for it. */
const looksOf: Readonly<Record<string, Look>> = { service: lookAtService, queue: lookAtQueue, 'follow-up': lookAtFollowUp };

const pageSize = 50;
/** Of one shard in one sweep; what is left is taken up by the next one, a minute later. */
const mostOfShard = 500;

const lookAtLead =
  (all: Readonly<Record<string, Look>>, now: Instant) =>
  (state: Lead): Decision<LeadFact, never> => {
    if (state.status === 'none') return { events: [] };
    const decisions = dueLooks(state.looks, now).map((name) => {
      const look = all[name];
      if (look === undefined) throw new Error(`lead ${state.leadId}: nobody looks for ${name}`);
      return look(state, now);
    });
    return { events: decisions.flatMap((one) => ('events' in one ? one.events : [])) };
  };

type Swept = { readonly looked: number; readonly changed: number; readonly failed: number };
const together = (a: Swept, b: Swept): Swept => ({
  looked: a.looked + b.looked,
  changed: a.changed + b.changed,
  failed: a.failed + b.failed,
});
const nothing: Swept = { looked: 0, changed: 0, failed: 0 };

/** One conditional change; a lead that cannot be changed does not keep the others waiting. */
const sweepLead = async ({ stores }: LeadsDeps, look: (state: Lead) => Decision<LeadFact, never>, id: LeadId): Promise<Swept> => {
  try {
    const result = await stores.leads.change(id, look);
    return { looked: 1, changed: 'changed' in result && result.changed.events.length > 0 ? 1 : 0, failed: 0 };
  } catch (error) {
    logger.error('a due lead could not be looked at', { leadId: id, ...describe(error) });
    return { looked: 1, changed: 0, failed: 1 };
  }
};

const sweepShard = async (
  deps: LeadsDeps,
  look: (state: Lead) => Decision<LeadFact, never>,
  { shard, now, after }: { readonly shard: number; readonly now: Instant; readonly after: string | null },
): Promise<{ readonly swept: Swept; readonly place: string | null }> => {
  let [swept, place] = [nothing, after];
  while (swept.looked < mostOfShard) {
    const page = await deps.stores.leads.dueIn(shard, now, { limit: pageSize, after: place });
    for (const { leadId } of page.items) swept = together(swept, await sweepLead(deps, look, leadId));
    if (!page.more) return { swept, place: null };
    place = page.items.at(-1)?.place ?? null;
  }
  return { swept, place };
};

/**
 * Every minute: looks at the leads whose time has come, and at no other. What it finds it finds as of its own time, so a sweep that comes
 * late or twice finds the same once. Costs what is due, however long it was waited for.
 */
export const sweepDue = (deps: LeadsDeps, all: Readonly<Record<string, Look>> = looksOf) =>
  onSchedule(async (now: Instant): Promise<Swept> => {
    const { sweep } = deps.stores;
    const places = await sweep.read();
    const look = lookAtLead(all, now);
    const shards = await Promise.all(places.map((after, shard) => sweepShard(deps, look, { shard, now, after })));
    const stopped = shards.map((one) => one.place);
    if (stopped.some((place, shard) => place !== places[shard])) await sweep.keep(stopped);
    const swept = shards.map((one) => one.swept).reduce(together, nothing);
    if (swept.failed > 0) throw new Error(`${swept.failed} of ${swept.looked} due leads could not be looked at`);
    return swept;
  });
