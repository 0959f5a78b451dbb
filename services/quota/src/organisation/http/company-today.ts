import type { Company } from '@meilenstein/contracts';
import { dayOf, timeZone, type Day } from '@meilenstein/kernel';
import { toCompany, type CompanyNodes } from '../store/company-store.ts';
import type { QuotaDeps } from '../../live-quota.ts';

export type CompanyToday = { readonly nodes: CompanyNodes; readonly company: Company; readonly today: Day };

/** The company now. Before settings exist a day is one of UTC. */
export const companyToday = async ({ stores, clock }: QuotaDeps): Promise<CompanyToday> => {
  const nodes = await stores.company.nodes();
  const company = toCompany(nodes);
  return { nodes, company, today: dayOf(clock.now(), company.zone ?? timeZone.parse('UTC')) };
};
