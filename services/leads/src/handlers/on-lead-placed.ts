import { leadAssigned, leadQueued, leadReopened, type EnvelopeOf } from '@meilenstein/contracts';
import { lambda, onEvents, type EventDoorDeps } from '@meilenstein/runtime';
import { liveDoor } from '@meilenstein/runtime/live-queues';
import { countryOf } from '../domain/country.ts';
import { allKnown } from '../domain/lead.ts';
import { startService } from '../domain/service-level/keep-promise.ts';
import { serviceFacts } from '../domain/service-level/service-facts.ts';
import { levelFor } from '../domain/service-level/service-level.ts';
import { resolved } from '../domain/survivorship.ts';
import { knownOf, touchpointsOf } from './known-leads.ts';
import { liveLeads, type LeadsDeps } from './live-leads.ts';

type Placed = EnvelopeOf<typeof leadAssigned | typeof leadQueued | typeof leadReopened>;

/** History of another system was answered there. */
const isHistory = ({ origin }: Pick<Placed, 'origin'>): boolean => origin === 'import';

/** What is promised to a lead as it is known now; its clock starts at the event, however late that is heard. */
const promise = async ({ shelves }: LeadsDeps, { data, occurredAt: at, ...event }: Placed): Promise<void> => {
  if (isHistory(event)) return;
  const [found, levels] = await Promise.all([shelves.leads.find(data.leadId), shelves.serviceLevels.current()]);
  if (found === undefined || found.lead.service !== null || levels.levels.length === 0) return;
  // Who counts again and is with nobody yet is placed by routing, which is heard as well.
  if (found.lead.owner === null && found.lead.queue === null) return;
  const [book, company, touchpoints] = await Promise.all([shelves.rulebook(), shelves.company.read(), touchpointsOf(shelves, found.lead)]);
  const known = knownOf(found.lead, touchpoints, book);
  const facts = serviceFacts(known, { company, segments: book.segments.segments, now: at });
  const level = levelFor(levels, facts, at);
  const holidays = level?.region === undefined || level.region === null ? [] : (company.holidays[level.region] ?? []);
  const market = countryOf(resolved(allKnown(found.lead), book.survivorship).fields);
  await shelves.leads.change(data.leadId, (state) => startService(state, { level, levelsVersion: levels.version, holidays, market, at }));
};

/** The clock of the service level starts with the first owner, or with the queue where nobody could be given the lead; anew with who counts again. */
export const onLeadPlaced = (deps: LeadsDeps, door: EventDoorDeps) =>
  onEvents([leadAssigned, leadQueued, leadReopened], (event) => promise(deps, event), door);
export const handler = lambda(() => onLeadPlaced(liveLeads(), liveDoor()));
