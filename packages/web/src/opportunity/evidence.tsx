import { useLocale, useTranslations } from 'use-intl';
import { useWriting } from '../company/me.ts';
import { day, dayOf, instant } from '../format/days.ts';
import { Button } from '../parts/form/button.tsx';
import { Empty } from '../parts/message.tsx';
import { Card } from '../parts/card.tsx';
import { Tag } from '../parts/figures/tag.tsx';
import type { Process } from '../record/record-sheet.tsx';
import { useRoleName } from '../record/role-name.ts';
import { entriesOf, orderMilestone, type Entry } from './entries.ts';
import styles from './evidence.module.css';
import type { Milestone, Opportunity, Response } from './sheet-props.ts';

export type EvidenceEntry = Entry<Milestone, Response>;

type EvidenceProps = {
  readonly opportunity: Opportunity;
  readonly process: Process;
  readonly onCorrect: (milestone: Milestone) => void;
  readonly onWithdraw: (entry: EvidenceEntry, what: string) => void;
};

/** What the customer did, said and wrote, the newest first, in their own words where they are known; each can be put right. */
export const Evidence = ({ opportunity, process, onCorrect, onWithdraw }: EvidenceProps) => {
  const t = useTranslations('opportunity');
  const record = useTranslations('record');
  const language = useLocale();
  const roleName = useRoleName();
  const { locale, zone } = useWriting();
  const entries = entriesOf(opportunity);
  const ofOrder = orderMilestone(opportunity)?.milestoneId;
  const nameOf = ({ milestone, response }: EvidenceEntry): string => {
    if (milestone === undefined) return t(`respond.entries.${response.kind}`);
    return process.milestones.find(({ id }) => id === milestone.milestoneId)?.name[language] ?? milestone.milestoneId;
  };
  return (
    <Card title={t('evidence')}>
      {entries.length === 0 ? <Empty title={t('noEvidence.title')} text={t('noEvidence.text')} /> : null}
      <ol className={styles['list']}>
        {entries.map((entry) => {
          const { milestone, response } = entry;
          const told = milestone ?? response;
          const what = nameOf(entry);
          const correctedAt = milestone?.correctedAt ?? null;
          return (
            <li key={milestone?.milestoneId ?? response?.responseId} className={styles['entry']}>
              <div className={styles['head']}>
                <strong>
                  {what} {response === undefined ? null : <Tag>{t('respond.tag')}</Tag>}
                </strong>
                <time dateTime={told.occurredAt}>{day(locale, dayOf(told.occurredAt, zone))}</time>
              </div>
              {told.quote === null ? <p>{t('noQuote')}</p> : <blockquote>{told.quote}</blockquote>}
              <div className={styles['foot']}>
                <small>
                  {milestone === undefined ? null : `${record(`acts.${milestone.act}`)}, `}
                  {record(`channels.${told.channel}`)} · {roleName(told.partyRoleText ?? told.partyRole)} ·{' '}
                  {t('recordedOn', { time: instant(locale, told.recordedAt, zone) })}
                  {correctedAt === null ? null : ` · ${t('putRight.corrected', { time: instant(locale, correctedAt, zone) })}`}
                </small>
                <span className={styles['actions']}>
                  {milestone === undefined ? null : (
                    <Button
                      look="quiet"
                      aria-label={t('putRight.of', { action: t('putRight.correct'), what })}
                      onPress={() => onCorrect(milestone)}
                    >
                      {t('putRight.correct')}
                    </Button>
                  )}
                  {milestone !== undefined && milestone.milestoneId === ofOrder ? null : (
                    <Button
                      look="quiet"
                      aria-label={t('putRight.of', { action: t('putRight.withdraw'), what })}
                      onPress={() => onWithdraw(entry, what)}
                    >
                      {t('putRight.withdraw')}
                    </Button>
                  )}
                </span>
              </div>
            </li>
          );
        })}
      </ol>
    </Card>
  );
};
