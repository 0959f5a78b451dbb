import { useTranslations } from 'use-intl';
import type { Answer } from '../api/routes.ts';
import { useWriting } from '../company/me.ts';
import { instant } from '../format/days.ts';
import { Facts } from '../parts/figures/facts.tsx';
import { Card } from '../parts/card.tsx';

type Lead = Answer<'GET /leads/{leadId}'>;

/** Every submission of this person, the newest first. */
export const ContactPanel = ({ lead: { touchpoints } }: { readonly lead: Lead }) => {
  const t = useTranslations('lead.contacts');
  const { locale, zone } = useWriting();
  const newestFirst = touchpoints.toSorted((left, right) => (left.storedAt < right.storedAt ? 1 : -1));
  return (
    <Card title={t('title')}>
      {newestFirst.length === 0 ? <p>{t('none')}</p> : null}
      <Facts
        of={newestFirst.map(({ storedAt, status }) => [instant(locale, storedAt, zone), `${t('came')}: ${t(`statuses.${status}`)}`])}
      />
    </Card>
  );
};
