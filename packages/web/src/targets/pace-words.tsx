import { TrendingDown, TrendingUp } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useWriting } from '../company/me.ts';
import { money, wholeMoney } from '../format/figures.ts';
import { unsigned } from './amounts.ts';
import { isAhead } from './pace-figures.ts';
import type { Attainment } from './use-attainment.ts';
import styles from './pace.module.css';

/** How far ahead or behind of what should be achieved by today: icon, word and figure. */
export const PaceWords = ({ pace }: { readonly pace: NonNullable<Attainment['pace']> }) => {
  const t = useTranslations('targets.pace');
  const { locale } = useWriting();
  const ahead = isAhead(pace);
  const Icon = ahead ? TrendingUp : TrendingDown;
  return (
    <span className={styles['words']} data-ahead={ahead ? '' : undefined} title={money(locale, pace.difference)}>
      <Icon size={15} aria-hidden="true" />
      {t(ahead ? 'ahead' : 'behind', { amount: wholeMoney(locale, unsigned(pace.difference)) })}
    </span>
  );
};
