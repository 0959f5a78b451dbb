import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useReadPages } from '../api/use-read-pages.ts';
import { useWriting } from '../company/me.ts';
import { usePeople } from '../company/people.ts';
import { day, dayOf } from '../format/days.ts';
import { money, wholeMoney } from '../format/figures.ts';
import { Button } from '../parts/form/button.tsx';
import { Card } from '../parts/card.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone } from '../parts/message.tsx';
import { Tag } from '../parts/figures/tag.tsx';
import type { Account } from './account-facts.tsx';
import styles from './opportunities-card.module.css';

/** What is sold to an account, the newest first, with the totals that the server has counted. */
export const OpportunitiesCard = ({ account: { accountId, open, won } }: { readonly account: Account }) => {
  const t = useTranslations('customer.opportunities');
  const one = useTranslations('opportunity');
  const { locale, zone } = useWriting();
  const people = usePeople();
  const reading = useReadPages('GET /accounts/{accountId}/opportunities', { path: { accountId }, query: { limit: 20 } });
  const rows = reading.items;
  const total = (text: string, { count, sum }: Account['open']): string =>
    count === 0 || sum === null ? text : `${text}: ${wholeMoney(locale, sum)}`;
  return (
    <Card title={t('title')} under={`${total(t('open', { count: open.count }), open)} · ${total(t('won', { count: won.count }), won)}`}>
      {reading.isError && rows === undefined ? <FailureMessage error={reading.error} retry={() => void reading.refetch()} /> : null}
      {rows === undefined && !reading.isError ? <Bone height="6rem" /> : null}
      {rows?.length === 0 ? <p>{t('none')}</p> : null}
      <ul className={styles['list']}>
        {rows?.map(({ opportunityId, status, amount, repId, openedAt, order }) => (
          <li key={opportunityId}>
            <Link to={`/opportunities/${opportunityId}`} className={styles['row']}>
              <Tag look={status}>{one(`statuses.${status}`)}</Tag>
              <span className={styles['who']}>
                {people.nameOf(repId)} · {day(locale, dayOf(openedAt, zone))}
              </span>
              <span className={styles['amount']}>
                {order === null ? (amount === null ? t('noAmount') : money(locale, amount)) : money(locale, order.amount)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {reading.more === undefined ? null : (
        <Button onPress={reading.more.load} isDisabled={reading.more.isLoading}>
          {t('more')}
        </Button>
      )}
    </Card>
  );
};
