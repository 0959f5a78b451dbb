import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { useRead } from '../api/use-read.ts';
import { useWriting } from '../company/me.ts';
import { money, wholeMoney } from '../format/figures.ts';
import { useAccountTitle } from '../opportunity/account-title.ts';
import { Button } from '../parts/form/button.tsx';
import { RecordSheet } from '../record/record-sheet.tsx';
import type { OpportunityLine } from './day-lines.ts';
import styles from './today-screen.module.css';

const shownAtFirst = 8;

const useReason = (): ((line: OpportunityLine) => string) => {
  const t = useTranslations('today.reasons');
  return ({ reason }) => {
    if (reason.code === 'customer-silent') return t('silent', { percent: reason.percent, usual: reason.usualDays, days: reason.days });
    if (reason.code === 'next-milestone-likely') return t('likely', { median: reason.medianDays, days: reason.days });
    return t('noMilestone', { days: reason.days });
  };
};

/** Lines about opportunities; the button records what the customer did. */
export const OpportunitySection = ({ title, lines }: { readonly title: string; readonly lines: readonly OpportunityLine[] }) => {
  const t = useTranslations('today');
  const record = useTranslations('record');
  const { locale } = useWriting();
  const titleOf = useAccountTitle();
  const reasonOf = useReason();
  const [recording, setRecording] = useState<OpportunityLine>();
  const [isWhole, setWhole] = useState(false);
  if (lines.length === 0) return null;
  const shown = isWhole ? lines : lines.slice(0, shownAtFirst);
  return (
    <section className={styles['section']}>
      <h2>
        {title} <small>{lines.length}</small>
      </h2>
      <ul className={styles['list']}>
        {shown.map((line) => (
          <li key={line.opportunityId} className={styles['line']}>
            <span className={styles['who']}>
              <Link to={`/opportunities/${line.opportunityId}`}>{titleOf(line)}</Link>
              {line.reportingAmount === null ? null : (
                <span title={money(locale, line.reportingAmount)}>{wholeMoney(locale, line.reportingAmount)}</span>
              )}
            </span>
            <span className={styles['why']}>{reasonOf(line)}</span>
            <span className={styles['actions']}>
              <Button onPress={() => setRecording(line)}>{record('openShort')}</Button>
            </span>
          </li>
        ))}
      </ul>
      {shown.length === lines.length ? null : (
        <Button look="quiet" onPress={() => setWhole(true)}>
          {t('more', { count: lines.length - shown.length })}
        </Button>
      )}
      {recording === undefined ? null : <RecordLine line={recording} title={titleOf(recording)} onClose={() => setRecording(undefined)} />}
    </section>
  );
};

const RecordLine = ({
  line: { opportunityId, version },
  title,
  onClose,
}: {
  readonly line: OpportunityLine;
  readonly title: string;
  readonly onClose: () => void;
}) => {
  const opportunity = useRead('GET /opportunities/{opportunityId}', { path: { opportunityId } }, { rhythm: 'once' }).data?.body;
  const processes = useRead('GET /processes', {}, { rhythm: 'calm' }).data?.body.items;
  const process = processes?.find(({ processId }) => processId === opportunity?.processId);
  const language = useLocale();
  if (opportunity === undefined || process === undefined) return null;
  return (
    <RecordSheet key={language} opportunity={opportunity} version={String(version)} process={process} title={title} onClose={onClose} />
  );
};
