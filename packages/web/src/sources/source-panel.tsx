import { Link } from '@tanstack/react-router';
import { ChevronRight, KeyRound } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Item } from '../api/routes.ts';
import { useRead } from '../api/use-read.ts';
import { useWriting } from '../company/me.ts';
import { dayOf } from '../format/days.ts';
import { isoNow } from '../format/server-time.ts';
import { count } from '../format/figures.ts';
import { Card } from '../parts/card.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Tag } from '../parts/figures/tag.tsx';
import { Bone } from '../parts/message.tsx';
import { BalanceTag, ReconciliationBar, ReconciliationParts } from './reconciliation-bar.tsx';
import styles from './sources-screen.module.css';

/** One source: what came in today and what became of it. */
export const SourcePanel = ({ source }: { readonly source: Item<'GET /sources'> }) => {
  const t = useTranslations('sources');
  const provider = useTranslations('source.providers');
  const { locale } = useWriting();
  // The books of a source are kept by days in UTC.
  const today = dayOf(isoNow(), 'UTC');
  const { sourceId } = source;
  const reading = useRead('GET /sources/{sourceId}/reconciliation', { path: { sourceId }, query: { day: today } }, { rhythm: 'calm' });
  const books = reading.data?.body;
  const isDeaf = source.secretFrom === 'sender' && source.secretNumber === 0;
  return (
    <Card
      title={
        <Link to={`/sources/${sourceId}`} className={styles['link'] ?? ''}>
          {source.name}
          <ChevronRight size={16} aria-hidden="true" />
        </Link>
      }
      under={provider(`${source.provider}.name`)}
      actions={
        <>
          {isDeaf ? (
            <Tag look="warning">
              <KeyRound size={14} aria-hidden="true" />
              {t('noSecret')}
            </Tag>
          ) : null}
          {books === undefined || books.received === 0 ? null : <BalanceTag of={books} />}
        </>
      }
    >
      {reading.isError && books === undefined ? <FailureMessage error={reading.error} retry={() => void reading.refetch()} /> : null}
      {books === undefined && !reading.isError ? <Bone height="4rem" /> : null}
      {books?.received === 0 && books.balanced ? <p className={styles['soft']}>{t('silent')}</p> : null}
      {books === undefined || (books.received === 0 && books.balanced) ? null : (
        <div className={styles['books']}>
          <p className={styles['received']}>
            <strong>{count(locale, books.received)}</strong>
            <small>{t('received')}</small>
          </p>
          <div className={styles['became']}>
            <ReconciliationBar of={books} />
            <ReconciliationParts of={books} />
          </div>
        </div>
      )}
      {books?.balanced === false ? <p>{t('unbalancedHint')}</p> : null}
    </Card>
  );
};
