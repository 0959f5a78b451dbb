import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useWriting } from '../company/me.ts';
import { count } from '../format/figures.ts';
import { Tag } from '../parts/figures/tag.tsx';
import { lengthOf, partsOf, type Reconciliation, type ReconciliationPart } from './reconciliation-parts.ts';
import { useReasonText } from './reason-text.ts';
import styles from './reconciliation-bar.module.css';

/** What became of a day's submissions, as a bar that must close; the figures stand beside it as text. */
export const ReconciliationBar = ({ of: books }: { readonly of: Reconciliation }) => {
  const length = lengthOf(books);
  const at = (value: number): number => (value / length) * 100;
  return (
    <svg className={styles['bar']} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect className={styles['frame']} x="0" y="1" width={at(books.received)} height="8" />
      {partsOf(books).map(({ kind, reason, from, to }) => (
        <rect key={`${kind} ${reason}`} data-kind={kind} x={at(from)} y="1" width={at(to) - at(from)} height="8" />
      ))}
    </svg>
  );
};

const usePartName = (): ((part: ReconciliationPart) => string) => {
  const t = useTranslations('sources');
  const reasonText = useReasonText();
  return ({ kind, reason }) => (kind === 'rejected' ? t('rejectedBy', { reason: reasonText(reason ?? null) }) : t(kind));
};

/** The right side of the equation in words and figures. */
export const ReconciliationParts = ({ of: books }: { readonly of: Reconciliation }) => {
  const { locale } = useWriting();
  const nameOf = usePartName();
  return (
    <ul className={styles['parts']}>
      {partsOf(books).map((part) => (
        <li key={`${part.kind} ${part.reason}`}>
          <span className={styles['key']} data-kind={part.kind} aria-hidden="true" />
          <strong>{count(locale, part.count)}</strong> {nameOf(part)}
        </li>
      ))}
    </ul>
  );
};

export const BalanceTag = ({ of: { balanced } }: { readonly of: Reconciliation }) => {
  const t = useTranslations('sources');
  return (
    <Tag look={balanced ? 'good' : 'danger'}>
      {balanced ? <CircleCheck size={14} aria-hidden="true" /> : <TriangleAlert size={14} aria-hidden="true" />}
      {t(balanced ? 'balanced' : 'unbalanced')}
    </Tag>
  );
};
