import { leadsStartServiceLevel, type ReceivedBy } from '@meilenstein/contracts';
import type { LeadId } from '@meilenstein/kernel';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import { countryOf } from '../../identity/domain/country.ts';
import { fullProfile, isHistory } from '../../lead/domain/lead.ts';
import { startServiceLevel } from '../domain/service-level-commands.ts';
import { serviceLevelFacts } from '../domain/service-level-facts.ts';
import { levelFor } from '../domain/service-level.ts';
import { resolveProfile } from '../../identity/domain/survivorship.ts';
import { giveBackLeadsOf } from '../../assignment/http/give-back.ts';
import { leadWithFacts } from '../../identity/http/leads-with-facts.ts';
import { touchpointsOf } from '../../identity/store/touchpoints.ts';
import type { LeadsDeps } from '../../live-leads.ts';

type Occasion = ReceivedBy<typeof leadsStartServiceLevel>;

/** Starts the service level that matches the lead now, as of the event, however late it is received. */
const start = async ({ stores }: LeadsDeps, { data, occurredAt: at, ...event }: Occasion): Promise<void> => {
  if (event.origin === 'import') return;
  const [found, levels] = await Promise.all([stores.leads.find(data.leadId), stores.serviceLevels.current()]);
  if (found === undefined || found.lead.serviceLevel !== null || levels.levels.length === 0) return;
  // Imported history was answered in the other system.
  if (isHistory(found.lead)) return;
  // A requalified lead without an owner is routed first, and the resulting event is received here as well.
  if (found.lead.owner === null && found.lead.queue === null) return;
  const [rulesInForce, company, touchpoints] = await Promise.all([
    stores.rulesInForce(),
    stores.company.read(),
    touchpointsOf(stores, found.lead),
  ]);
  const known = leadWithFacts(found.lead, touchpoints, rulesInForce);
  const facts = serviceLevelFacts(known, { company, segments: rulesInForce.segments.segments, now: at });
  const level = levelFor(levels, facts, at);
  const holidays = level?.region === undefined || level.region === null ? [] : (company.holidays[level.region] ?? []);
  const market = countryOf(resolveProfile(fullProfile(found.lead), rulesInForce.survivorship).fields);
  await stores.leads.change(data.leadId, (state) =>
    startServiceLevel(state, { level, levelsVersion: levels.version, holidays, market, at }),
  );
};

/** The owner of a requalified lead may have left or be absent by now. */
const findWhoIsThere = async (deps: LeadsDeps, { leadId }: { readonly leadId: LeadId }): Promise<void> => {
  const owner = (await deps.stores.leads.find(leadId))?.lead.owner;
  if (owner !== undefined && owner !== null) await giveBackLeadsOf(deps, [owner.repId]);
};

const startOrReassign = async (deps: LeadsDeps, event: Occasion): Promise<void> => {
  await start(deps, event);
  if (event.name === 'LeadRequalified') await findWhoIsThere(deps, event.data);
};

/** Starts the service level with the first owner or queue, and again after requalification. */
export const startServiceLevels = (deps: LeadsDeps, consumer: EventConsumerDeps) =>
  onEvents(leadsStartServiceLevel, (event) => startOrReassign(deps, event), consumer);
