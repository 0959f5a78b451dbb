import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../parts/form/button.tsx';
import styles from './rehearsal-card.module.css';

const shownAtFirst = 8;

type RehearsedLeadsProps<Each> = {
  readonly items: readonly Each[];
  readonly idOf: (item: Each) => string;
  readonly children: (item: Each, index: number) => ReactNode;
};

/** The leads of a rehearsal: the first few, and the others when somebody asks for them. */
export const RehearsedLeads = <Each,>({ items, idOf, children }: RehearsedLeadsProps<Each>) => {
  const t = useTranslations('rules');
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? items : items.slice(0, shownAtFirst);
  return (
    <>
      <ul className={styles['leads']}>
        {shown.map((item, index) => (
          <li key={idOf(item)}>{children(item, index)}</li>
        ))}
      </ul>
      {shown.length === items.length ? null : (
        <Button look="quiet" onPress={() => setWhole(true)}>
          {t('showAll', { count: items.length })}
        </Button>
      )}
    </>
  );
};
