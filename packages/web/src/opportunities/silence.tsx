import { BellOff } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Answer } from '../api/routes.ts';
import { Tag } from '../parts/figures/tag.tsx';
import styles from './silence.module.css';

type Quiet = Pick<Answer<'GET /board'>['columns'][number]['cards'][number], 'silence'>['silence'];

/** Days since the customer's last act against what is usual: a bar, and a word with a sign once it is too long. */
export const Silence = ({ silence: { days, usualDays, isStalled } }: { readonly silence: Quiet }) => {
  const t = useTranslations('opportunities');
  if (isStalled)
    return (
      <Tag look="warning">
        <BellOff size={13} aria-hidden="true" />
        {t('silent', { days })}
      </Tag>
    );
  if (usualDays === null) return <small>{t('days', { count: days })}</small>;
  return (
    <span className={styles['bar']}>
      <meter min={0} max={usualDays} value={Math.min(days, usualDays)} aria-hidden="true" />
      <small>{t('usualLine', { days, usual: usualDays })}</small>
    </span>
  );
};
