import type { HandlersOf, leadsApi, SellerProfile } from '@meilenstein/contracts';
import { addMillis, type Instant, type Language, type RepId } from '@meilenstein/kernel';
import type { CapturedLead } from '../../lead/domain/lead.ts';
import { describeDecision } from '../domain/describe-decision.ts';
import { titleOf } from '../../lead/domain/lead-title.ts';
import { pastLead, rehearseRouting, type PastLead } from '../domain/rehearse-routing.ts';
import { noRoutingState, type Routing, type RoutingSetup } from '../domain/route-lead.ts';
import { checkRouting, knownToRouting } from '../domain/routing-rules.ts';
import { checkTerritories } from '../domain/territory.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { loadSetup } from '../store/assignment-context.ts';

type Routes = Pick<HandlersOf<typeof leadsApi>, 'POST /routing/rehearse'>;

const days = 30;
const pageSize = 100;
const mostLeads = 2000;
const mostNamed = 500;
/** How many histories are read at the same time. */
const atOnce = 25;

const withProfiles = (profiles: readonly SellerProfile[], others: readonly SellerProfile[]): readonly SellerProfile[] => [
  ...profiles.filter((one) => !others.some((other) => other.repId === one.repId)),
  ...others,
];

const outcomeOf = (routing: Routing, language: Language) => {
  const { ruleId, to } = routing;
  const destination =
    to.kind === 'rep'
      ? { kind: to.kind, repId: to.repId, reason: to.reason }
      : { kind: to.kind, queueId: to.queue.queueId, reason: to.reason };
  return { ruleId, to: destination, because: describeDecision(routing, language) };
};

/** What other rules would have meant for recent leads; both sides start with empty rotations. */
export const routingRehearsalRoutes = (deps: LeadsDeps): Routes => {
  const { leads, routing, rulesInForce } = deps.stores;

  const recent = async ({ company }: RoutingSetup, from: Instant) => {
    const owners: readonly (RepId | null)[] = [...company.reps.map((rep) => rep.repId), null];
    const found: CapturedLead[] = [];
    let cursor: string | null = '';
    while (cursor !== null && found.length < mostLeads) {
      const page: Awaited<ReturnType<typeof leads.ofOwners>> = await leads.ofOwners(owners, {
        limit: pageSize,
        from,
        ...(cursor === '' ? {} : { cursor }),
      });
      found.push(...page.items.map((one) => one.lead));
      cursor = page.next;
    }
    return { found, isComplete: cursor === null };
  };

  const pasts = async (found: readonly CapturedLead[]): Promise<readonly PastLead[]> => {
    const { survivorship } = await rulesInForce();
    const all: PastLead[] = [];
    for (let from = 0; from < found.length; from += atOnce) {
      const some = await Promise.all(
        found.slice(from, from + atOnce).map(async ({ leadId, account }) => {
          const [history, sold] = await Promise.all([
            leads.historyOf(leadId),
            account === null ? undefined : routing.accounts.ownerOf(account.id),
          ]);
          return pastLead(leadId, history, survivorship, sold);
        }),
      );
      all.push(...some.flatMap((one) => one ?? []));
    }
    return all;
  };

  return {
    'POST /routing/rehearse': async ({ body, language }) => {
      const active = await loadSetup(deps.stores);
      const territories = body.territories ?? active.territories;
      const document = body.document ?? active.document;
      const wrong = checkTerritories(territories) ?? checkRouting(document, knownToRouting(active.company, active.document, territories));
      if (wrong !== undefined) return { refused: wrong };
      const candidate = {
        ...active,
        version: active.version + 1,
        document,
        territories,
        profiles: withProfiles(active.profiles, body.profiles ?? []),
      };
      const until = deps.clock.now();
      const since = addMillis(until, -days * 86_400_000);
      const { found, isComplete } = await recent(active, since);
      const rehearsal = rehearseRouting({ active, candidate }, noRoutingState, await pasts(found));
      const { rules } = await deps.stores.survivorship.current();
      const titles = new Map(found.map((lead) => [lead.leadId, titleOf(lead, rules)]));
      const changed = rehearsal.changed.slice(0, mostNamed).map((one) => ({
        leadId: one.leadId,
        title: titles.get(one.leadId) ?? null,
        at: one.at,
        active: outcomeOf(one.active, language),
        candidate: outcomeOf(one.candidate, language),
      }));
      const { leads: count, active: before, candidate: after } = rehearsal;
      const differences = rehearsal.changed.length;
      return { status: 200, body: { since, until, leads: count, isComplete, differences, changed, active: before, candidate: after } };
    },
  };
};
