import { accountItem, accountView, contactView, pageOf } from '@meilenstein/contracts';
import * as z from 'zod';
import { person } from '../company/names.ts';
import { pick, seeded, type Random } from '../company/random.ts';
import { putDocument } from '../client/put-document.ts';
import type { ApiClient, ApiCloud } from '../client/api-client.ts';

const accounts = pageOf(accountItem).extend({ total: z.int() });

/** How many accounts are described: the largest ones, and those of the rep whom a visitor meets first. */
const [ofCompany, ofRep] = [24, 8];

const fields = [
  { id: 'machine-park', name: { de: 'Maschinen im Einsatz', en: 'Machines in use' }, type: 'number' },
  {
    id: 'tier',
    name: { de: 'Kundenklasse', en: 'Customer tier' },
    type: 'choice',
    choices: [
      { id: 'a', name: { de: 'A', en: 'A' } },
      { id: 'b', name: { de: 'B', en: 'B' } },
      { id: 'c', name: { de: 'C', en: 'C' } },
    ],
  },
  { id: 'maintenance', name: { de: 'Wartungsvertrag', en: 'Maintenance contract' }, type: 'yes-no' },
] as const;

const industries = ['Maschinenbau', 'Logistik', 'Verpackung', 'Lebensmittel', 'Automobilzulieferer'] as const;
const channels = ['direct', 'direct', 'direct', 'reseller', 'distributor', 'marketplace'] as const;
const people = [
  ['Werkleiterin', 'decides'],
  ['Einkauf', 'influences'],
  ['Instandhaltung', 'uses'],
  ['Geschäftsführung', 'signs'],
  ['Betriebsrat', 'blocks'],
] as const;

const factsOf = (random: Random) => ({
  industry: pick(random, industries),
  employees: 20 + Math.floor(random() * 900),
  country: pick(random, ['DE', 'DE', 'DE', 'AT', 'CH'] as const),
  channel: pick(random, channels),
  fields: { 'machine-park': 1 + Math.floor(random() * 40), tier: pick(random, ['a', 'b', 'c'] as const), maintenance: random() < 0.5 },
});

/** Describes some accounts as reps would have done: what the companies do, how they are sold to, and who decides there. */
export const describeAccounts = async (cloud: ApiCloud, operations: ApiClient, rep: string): Promise<void> => {
  await putDocument(cloud, operations, '/account-fields', { fields });
  const largest = await operations.get(accounts, `/accounts?sort=open&limit=${ofCompany}`);
  const own = await operations.get(accounts, `/accounts?owner=${rep}&sort=open&limit=${ofRep}`);
  const chosen = new Map([...largest.items, ...own.items].map((one) => [one.accountId, one]));
  const random = seeded(7);
  for (const { accountId, version } of chosen.values()) {
    await operations.send(accountView, 'POST', `/accounts/${accountId}/amend`, { body: factsOf(random), ifMatch: `"${version}"` });
    const first = Math.floor(random() * people.length);
    for (let n = 0; n < 2 + Math.floor(random() * 2); n += 1) {
      const [position, role] = people[(first + n) % people.length] ?? people[0];
      const { name, email, phone } = person(random, 90_000 + n);
      const consent = pick(random, ['given', 'unknown'] as const);
      await operations.send(contactView, 'POST', `/accounts/${accountId}/contacts`, {
        body: { name, email, phone, position, role, consent },
      });
    }
  }
};
