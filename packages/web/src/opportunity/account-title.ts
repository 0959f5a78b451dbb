import { useTranslations } from 'use-intl';
import type { Answer } from '../api/routes.ts';

type Opportunity = Pick<Answer<'GET /opportunities/{opportunityId}'>, 'account'>;

/** What an opportunity is called: the company, or "private customer" where the name belongs to a person. */
export const useAccountTitle = (): ((opportunity: Opportunity) => string) => {
  const t = useTranslations('opportunity');
  return ({ account }) => account.name ?? t('private');
};
