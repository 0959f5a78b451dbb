import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Difference } from './compare-documents.ts';
import type { Json } from './json.ts';
import type { Shape } from './shape.ts';
import { useDocumentWords } from './use-document-words.ts';
import styles from './change-list.module.css';

type ChangeListProps = { readonly shape: Shape; readonly inForce: Json; readonly candidate: Json; readonly changes: readonly Difference[] };

/** What a candidate changes, in a narrow column: where, and under it what is in force and what the candidate says. */
export const ChangeList = ({ shape, inForce, candidate, changes }: ChangeListProps) => {
  const t = useTranslations('documents');
  const words = useDocumentWords();
  const samples = [candidate, inForce];
  if (changes.length === 0) return <p className={styles['none']}>{t('noChanges')}</p>;
  return (
    <ul className={styles['changes']}>
      {changes.map(({ key, path, now, mine }) => {
        const here = words.shapeAt(shape, path, samples);
        return (
          <li key={key}>
            <strong>{words.whereText(shape, path, samples)}</strong>
            <del className={styles['before']}>{words.valueText(here, now)}</del>
            <span className={styles['after']}>
              <ArrowRight size={14} aria-hidden="true" />
              <ins>{words.valueText(here, mine)}</ins>
            </span>
          </li>
        );
      })}
    </ul>
  );
};
