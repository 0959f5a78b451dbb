import { useQuery } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { recalculationKey } from './recalculation.ts';
import styles from './recalculated.module.css';

/** Says beside figures that an order is not in them yet. */
export const Recalculated = () => {
  const t = useTranslations('commands');
  const { data } = useQuery({ queryKey: recalculationKey, queryFn: () => false, initialData: false, enabled: false, staleTime: Infinity });
  return (
    <span role="status" className={styles['status']}>
      {data ? (
        <>
          <RefreshCw size={15} aria-hidden="true" />
          {t('recalculated')}
        </>
      ) : null}
    </span>
  );
};
