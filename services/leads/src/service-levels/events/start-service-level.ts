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
import { leadWithFacts, touchpointsOf } from '../../identity/http/leads-with-facts.ts';
import type { LeadsDeps } from '../../live-leads.ts';

type Occasion = ReceivedBy<typeof leadsStartServiceLevel>;

/** What is promised to a lead as it is known now; its clock starts at the event, however late that is heard. */
const start = async ({ stores }: LeadsDeps, { data, occurredAt: at, ...event }: Occasion): Promise<void> => {
  if (event.origin === 'import') return;
  const [found, levels] = await Promise.all([stores.leads.find(data.leadId), stores.serviceLevels.current()]);
  if (found === undefined || found.lead.serviceLevel !== null || levels.levels.length === 0) return;
  // History of another system was answered there, whoever takes it over.
  if (isHistory(found.lead)) return;
  // Who counts again and is with nobody yet is placed by routing, which is heard as well.
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

/** Whoever had the lead when it was given up may be away or gone by the time it counts again. */
const findWhoIsThere = async (deps: LeadsDeps, { leadId }: { readonly leadId: LeadId }): Promise<void> => {
  const owner = (await deps.stores.leads.find(leadId))?.lead.owner;
  if (owner !== undefined && owner !== null) await giveBackLeadsOf(deps, [owner.repId]);
};

const startOrReassign = async (deps: LeadsDeps, event: Occasion): Promise<void> => {
  await start(deps, event);
  if (event.name === 'LeadRequalified') await findWhoIsThere(deps, event.data);
};

/** The clock of the service level starts with the first owner, or with the queue where nobody could be given the lead; anew with who counts again. */
export const startServiceLevels = (deps: LeadsDeps, consumer: EventConsumerDeps) =>
  onEvents(leadsStartServiceLevel, (event) => startOrReassign(deps, event), consumer);
