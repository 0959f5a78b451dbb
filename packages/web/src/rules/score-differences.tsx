import { useTranslations } from 'use-intl';
import type { Answer } from '../api/routes.ts';
import { useWriting } from '../company/me.ts';
import { count } from '../format/figures.ts';
import { RehearsalSum, RehearsedLead } from './rehearsed-lead.tsx';
import { RehearsedLeads } from './rehearsed-leads.tsx';
import { rehearsedDays } from './use-rehearsal.ts';
import styles from './rehearsal-card.module.css';

/** Leads that would have other points or another grade, each with the rules that fired. */
export const ScoreDifferences = ({ pages }: { readonly pages: readonly Answer<'POST /points/rehearsal'>[] }) => {
  const t = useTranslations('rules.scored');
  const { locale } = useWriting();
  const items = pages.flatMap((page) => page.items);
  const examined = pages.reduce((sum, page) => sum + page.examined, 0);
  return (
    <>
      <p className={styles['sum']}>
        <RehearsalSum differences={items.length} examined={examined} days={rehearsedDays} />
      </p>
      <RehearsedLeads items={items} idOf={({ leadId }) => leadId}>
        {({ leadId, title, before, after, explanation }, index) => (
          <>
            <RehearsedLead leadId={leadId} title={title} index={index} />
            <span className={styles['change']}>
              <span className={styles['was']}>{before === null ? t('none') : t('before', before)}</span>
              <strong>{t('after', after)}</strong>
            </span>
            <details>
              <summary>{t('why')}</summary>
              <ul className={styles['reasons']}>
                {explanation.map(({ id, rule, points, worth }) => (
                  <li key={id}>
                    <span>{rule}</span>
                    <span>{t('points', { points: count(locale, points), worth: count(locale, worth) })}</span>
                  </li>
                ))}
              </ul>
            </details>
          </>
        )}
      </RehearsedLeads>
    </>
  );
};
