import { useTranslations } from 'use-intl';
import type { Answer } from '../api/routes.ts';

type Lead = Pick<Answer<'GET /leads/{leadId}'>, 'person'>;

/** What a lead is called: the person, or the best that is known of them. */
export const useLeadName = (): ((lead: Lead) => string) => {
  const t = useTranslations('leads');
  return ({ person }) => person.name ?? person.email ?? person.company ?? t('nameless');
};
