import type { Company } from '@meilenstein/contracts';
import { dayOf, timeZone, type Day } from '@meilenstein/kernel';
import { toCompany, type CompanyNodes } from '../store/company-store.ts';
import type { QuotaDeps } from '../../live-quota.ts';

export type CurrentCompany = { readonly nodes: CompanyNodes; readonly company: Company; readonly today: Day };

/** The company today; before there are settings, a day is a UTC day. */
export const currentCompany = async ({ stores, clock }: QuotaDeps): Promise<CurrentCompany> => {
  const nodes = await stores.company.nodes();
  const company = toCompany(nodes);
  return { nodes, company, today: dayOf(clock.now(), company.zone ?? timeZone.parse('UTC')) };
};
