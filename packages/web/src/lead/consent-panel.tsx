import { useTranslations } from 'use-intl';
import type { Answer } from '../api/routes.ts';
import { useWriting } from '../company/me.ts';
import { useGive } from '../commands/command-context.ts';
import { instant } from '../format/days.ts';
import { Button } from '../parts/form/button.tsx';
import { Card } from '../parts/card.tsx';
import { useLeadName } from './lead-name.ts';
import styles from './panels.module.css';

type Lead = Answer<'GET /leads/{leadId}'>;

/** To what the person has consented, and their withdrawal, which is recorded at once. */
export const ConsentPanel = ({ lead }: { readonly lead: Lead }) => {
  const t = useTranslations('lead.consents');
  const { locale, zone } = useWriting();
  const give = useGive();
  const nameOf = useLeadName();
  const { consents, leadId } = lead;
  const withdraw = (purpose: string): void =>
    give({
      key: 'POST /leads/{leadId}/consents/{purpose}/withdraw',
      request: { path: { leadId, purpose }, body: {} },
      entity: `lead:${leadId}`,
      patch: { consents: consents.map((each) => (each.purpose === purpose ? { ...each, status: 'withdrawn' } : each)) },
      message: { text: 'consentWithdrawn', values: { person: nameOf(lead) } },
    });
  return (
    <Card title={t('title')}>
      {consents.length === 0 ? <p>{t('none')}</p> : null}
      <ul className={styles['rows']}>
        {consents.map(({ purpose, status, at }) => (
          <li key={purpose}>
            <span>
              {purpose}: {t(`statuses.${status}`)}, {instant(locale, at, zone)}
            </span>
            {status === 'withdrawn' ? null : <Button onPress={() => withdraw(purpose)}>{t('withdraw')}</Button>}
          </li>
        ))}
      </ul>
    </Card>
  );
};
