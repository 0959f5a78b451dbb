import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useFilter } from '../app/filter.ts';
import { useMe, useWriting } from '../company/me.ts';
import { daysAfter, monthName } from '../format/days.ts';
import { Button } from '../parts/form/button.tsx';
import styles from './sources-screen.module.css';

/** The month of the address, or the current one of the company. */
export const useMonth = (): string => {
  const { today } = useMe();
  const [filter] = useFilter();
  const asked = filter['month'] ?? '';
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(asked) ? asked : today.slice(0, 7);
};

/** One month back or on. */
export const MonthStep = () => {
  const t = useTranslations('sources.month');
  const { locale } = useWriting();
  const month = useMonth();
  const [, change] = useFilter();
  const go = (days: number) => (): void => change({ month: daysAfter(`${month}-01`, days).slice(0, 7) });
  return (
    <div className={styles['month']}>
      <Button look="quiet" isIcon aria-label={t('before')} onPress={go(-1)}>
        <ChevronLeft size={18} aria-hidden="true" />
      </Button>
      <h2 aria-live="polite">{monthName(locale, `${month}-01`)}</h2>
      <Button look="quiet" isIcon aria-label={t('after')} onPress={go(31)}>
        <ChevronRight size={18} aria-hidden="true" />
      </Button>
    </div>
  );
};
