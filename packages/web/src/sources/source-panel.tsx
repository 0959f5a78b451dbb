import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Item } from '../api/routes.ts';
import { useRead } from '../api/use-read.ts';
import { useMe, useWriting } from '../company/me.ts';
import { count } from '../format/figures.ts';
import { CopyButton } from '../parts/form/copy-button.tsx';
import { Bone } from '../parts/message.tsx';
import { Card } from '../parts/card.tsx';
import { Tag } from '../parts/figures/tag.tsx';
import styles from './sources-screen.module.css';

/** One form: its books of today as the equation that has to close. */
export const SourcePanel = ({ source }: { readonly source: Item<'GET /sources'> }) => {
  const t = useTranslations('sources');
  const { locale } = useWriting();
  const { today } = useMe();
  const { sourceId, name, provider, webhookPath } = source;
  const books = useRead('GET /sources/{sourceId}/reconciliation', { path: { sourceId }, query: { day: today } }, { rhythm: 'calm' }).data
    ?.body;
  const rejected = books === undefined ? 0 : Object.values(books.rejected).reduce((sum, each) => sum + each, 0);
  const address = `${location.origin}${webhookPath}`;
  return (
    <Card title={name} actions={<Tag>{provider}</Tag>}>
      {books === undefined ? (
        <Bone height="3rem" />
      ) : (
        <>
          <div className={styles['equation']}>
            {(
              [
                ['received', books.received, '='],
                ['created', books.created, '+'],
                ['attached', books.attached, '+'],
                ['quarantined', books.quarantined, '+'],
                ['rejected', rejected, '+'],
                ['waiting', books.waiting, ''],
              ] as const
            ).map(([term, value, sign]) => (
              <span key={term} className={styles['equation']}>
                <span className={styles['term']}>
                  <strong>{count(locale, value)}</strong>
                  <small>{t(term)}</small>
                </span>
                <span className={styles['sign']}>{sign}</span>
              </span>
            ))}
          </div>
          <p>
            <Tag look={books.balanced ? 'good' : 'danger'}>
              {books.balanced ? <CircleCheck size={14} aria-hidden="true" /> : <TriangleAlert size={14} aria-hidden="true" />}
              {t(books.balanced ? 'balanced' : 'unbalanced')}
            </Tag>
          </p>
        </>
      )}
      <p>
        <small>{t('address')}</small>
        <br />
        <span className={styles['address']}>{address}</span> <CopyButton text={address} />
      </p>
    </Card>
  );
};
