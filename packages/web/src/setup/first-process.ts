import type { Json } from '../documents/json.ts';

/** What a new process begins with, in both languages that people read: three acts of a customer, the last of which is the order. */
export const firstProcess: Json = {
  name: { de: 'Vertrieb', en: 'Sales' },
  milestones: [
    { id: 'need-named', name: { de: 'Bedarf genannt', en: 'Need named' }, provenBy: ['said', 'wrote'] },
    { id: 'offer-discussed', name: { de: 'Angebot besprochen', en: 'Offer discussed' }, provenBy: ['said', 'wrote'] },
    { id: 'ordered', name: { de: 'Bestellt', en: 'Ordered' }, provenBy: ['wrote'] },
  ],
};

export const newMilestone: Json = { id: 'milestone', name: { de: 'Neuer Meilenstein', en: 'New milestone' }, provenBy: ['said', 'wrote'] };
