import { useLocale, useTranslations } from 'use-intl';
import type { Answer } from '../api/routes.ts';
import { useWriting } from '../company/me.ts';
import { day, dayOf, instant } from '../format/days.ts';
import { Empty } from '../parts/message.tsx';
import { Card } from '../parts/card.tsx';
import type { Process } from '../record/record-sheet.tsx';
import styles from './evidence.module.css';

type Opportunity = Answer<'GET /opportunities/{opportunityId}'>;

/** What the customer did, said and wrote, the newest first, in their own words where they are known. */
export const Evidence = ({ opportunity, process }: { readonly opportunity: Opportunity; readonly process: Process }) => {
  const t = useTranslations('opportunity');
  const record = useTranslations('record');
  const language = useLocale();
  const { locale, zone } = useWriting();
  const newestFirst = opportunity.milestones.toSorted((left, right) => (left.occurredAt < right.occurredAt ? 1 : -1));
  return (
    <Card title={t('evidence')}>
      {newestFirst.length === 0 ? <Empty title={t('noEvidence.title')} text={t('noEvidence.text')} /> : null}
      <ol className={styles['list']}>
        {newestFirst.map((each) => (
          <li key={each.milestoneId} className={styles['entry']}>
            <div className={styles['head']}>
              <strong>{process.milestones.find(({ id }) => id === each.milestoneId)?.name[language] ?? each.milestoneId}</strong>
              <time dateTime={each.occurredAt}>{day(locale, dayOf(each.occurredAt, zone))}</time>
            </div>
            {each.quote === null ? <p>{t('noQuote')}</p> : <blockquote>{each.quote}</blockquote>}
            <small>
              {record(`acts.${each.act}`)}, {record(`channels.${each.channel}`)} · {each.partyRoleText ?? record(`roles.${each.partyRole}`)}{' '}
              · {t('recordedOn', { time: instant(locale, each.recordedAt, zone) })}
            </small>
          </li>
        ))}
      </ol>
    </Card>
  );
};
