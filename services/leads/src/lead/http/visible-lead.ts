import { subtreeOf, teamOn, type Caller, type Company, type Role } from '@meilenstein/contracts';
import { dayOf, refused, timeZone, type Day, type LeadId, type RepId, type TeamId, type TimeZone } from '@meilenstein/kernel';
import { maySee, repOf, scopeOf, type Scope } from '@meilenstein/runtime';
import type { FoundLead } from '../store/lead-store.ts';
import type { LeadsDeps } from '../../live-leads.ts';

// The same answer for a lead that does not exist and one that the caller may not see.
export const leadIsUnknown = refused('lead-not-found', 'leadId: no lead that you may see has this id');

export type Today = {
  readonly company: Company;
  readonly today: Day;
  readonly scope: Scope;
  /** the rep behind the token */
  readonly rep: RepId | undefined;
  /** whether the caller may read why other reps were passed over */
  readonly seesColleagues: boolean;
};

const leadPeople: readonly Role[] = ['manager', 'operations', 'admin'];

/** The time zone of the company. */
export const zoneOf = ({ company }: Pick<Today, 'company'>): TimeZone => company.zone ?? timeZone.parse('UTC');

/** The owners whose leads a caller may see, of which one may be wanted; null: leads without an owner. */
export const visibleOwners = ({ company, scope }: Pick<Today, 'company' | 'scope'>, wanted?: RepId): readonly (RepId | null)[] => {
  if (wanted !== undefined) return maySee(scope, wanted) ? [wanted] : [];
  return scope.kind === 'reps' ? scope.reps : [...company.reps.map((rep) => rep.repId), null];
};

/** Whether a caller may read a queue and pick from it: callers who see everyone, and members and managers of its team. */
export const maySeeQueue = ({ company, today, scope, rep }: Today, team: TeamId | null): boolean => {
  if (scope.kind === 'everyone') return true;
  const own = rep === undefined ? undefined : teamOn(company, rep, today);
  if (rep === undefined || own === undefined) return false;
  if (team === null) return true;
  const leads = company.teams.filter((one) => one.managers.includes(rep)).flatMap((one) => subtreeOf(company, one.teamId));
  return subtreeOf(company, team).includes(own) || leads.includes(team);
};

/** Whether the organisation knows a rep, now or formerly: a filter that names nobody is a slip of the pen. */
export const knowsRep = ({ company }: Pick<Today, 'company'>, id: RepId): boolean => company.reps.some((one) => one.repId === id);

/** What a caller may see today, and access to those leads. */
export const visibleLeads = ({ stores, clock }: LeadsDeps) => ({
  today: async (caller: Caller): Promise<Today> => {
    const company = await stores.company.read();
    const today = dayOf(clock.now(), zoneOf({ company }));
    const seesColleagues = caller.roles.some((role) => leadPeople.includes(role));
    return { company, today, scope: scopeOf(company, caller, today), rep: repOf(company, caller), seesColleagues };
  },
  find: async (id: LeadId, { scope }: Pick<Today, 'scope'>): Promise<FoundLead | undefined> => {
    const found = await stores.leads.find(id);
    return found !== undefined && maySee(scope, found.lead.owner?.repId ?? null) ? found : undefined;
  },
  /** a lead that waits in a queue from which the caller may pick */
  findWaiting: async (id: LeadId, day: Today): Promise<FoundLead | undefined> => {
    const found = await stores.leads.find(id);
    const queue = found?.lead.queue ?? null;
    return queue !== null && maySeeQueue(day, queue.teamId) ? found : undefined;
  },
});
