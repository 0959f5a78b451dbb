import { leadId, type LeadId } from '@meilenstein/kernel';
import * as z from 'zod';
import { leadsInMemory, type Call, type LeadsInMemory } from './leads-in-memory.ts';

export const problem = (code: string, status: number) => ({ status, json: { type: `urn:meilenstein:problem:${code}`, status } });

export const office = { zone: 'Europe/Berlin', windows: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', until: '17:00' })) };
export const isIn = (country: string) => ({ field: 'country', test: 'equals', value: country });
export const rule = (id: string, when: unknown, to: object = {}) => ({ id, name: `Leads ${id}`, when, to });
export const document = (...rules: readonly object[]) => ({ rules, queue: { queueId: 'inbox', minutes: 60 } });

const lead = z.looseObject({
  leadId,
  owner: z.looseObject({ repId: z.string(), reason: z.string() }).nullable(),
  queue: z.looseObject({ queueId: z.string(), dueAt: z.string(), isOverdue: z.boolean() }).nullable(),
  routing: z.looseObject({ sentences: z.array(z.string()), decision: z.looseObject({}).nullable() }),
});
export type ReadLead = z.infer<typeof lead>;

/** A service with some reps, and a form whose leads are settled at once. */
export const routedCompany = async (reps: readonly string[], start?: string) => {
  const leads = leadsInMemory(start);
  await leads.hire(...reps);
  const source = await leads.register('standard-webhooks');
  let posted = 0;

  const put = (route: string, body: unknown, match = '*', call: Call = {}) =>
    leads.call(`PUT ${route}`, { body, headers: { 'if-match': match }, ...call });
  const read = async (id: LeadId, call: Call = {}): Promise<ReadLead> =>
    lead.parse((await leads.call('GET /leads/{leadId}', { path: { leadId: id }, ...call })).json);
  const newest = (): LeadId => leadId.parse(leads.events().findLast((event) => event.name === 'LeadCaptured')?.subject);

  return {
    ...leads,
    put,
    newest,
    read,
    profile: (id: string, body: object, match = '*') => put('/sellers/{repId}', body, match, { path: { repId: id } }),
    /** somebody writes; answers the lead */
    write: async (fields: Record<string, string>): Promise<ReadLead> => {
      posted += 1;
      await leads.deliver(source, `msg_${posted}`, { email: `p${posted}@firm${posted}.example`, ...fields });
      await leads.settle();
      return read(newest());
    },
    /** many write at the same time */
    writeAtOnce: async (many: readonly Record<string, string>[]): Promise<void> => {
      await Promise.all(
        many.map((fields, index) =>
          leads.deliver(source, `once_${posted}_${index}`, { email: `q${index}@mill${index}.example`, ...fields }),
        ),
      );
      posted += many.length;
      await leads.settle();
    },
  };
};
export type RoutedCompany = Awaited<ReturnType<typeof routedCompany>>;

const owned = z.object({ leadId, repId: z.string() });

/** The owner that each lead got first. */
export const ownersOf = (leads: Pick<LeadsInMemory, 'events'>): ReadonlyMap<LeadId, string> => {
  const said = leads
    .events()
    .filter((event) => event.name === 'LeadAssigned')
    .map((event) => owned.parse(event.data));
  return new Map(said.toReversed().map((one) => [one.leadId, one.repId]));
};
