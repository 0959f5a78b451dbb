import { useTranslations } from 'use-intl';
import type { Answer } from '../api/routes.ts';
import { useWriting } from '../company/me.ts';
import { instant } from '../format/days.ts';
import { RehearsalSum, RehearsedLead } from './rehearsed-lead.tsx';
import { RehearsedLeads } from './rehearsed-leads.tsx';
import { rehearsedDays } from './use-rehearsal.ts';
import styles from './rehearsal-card.module.css';

/** Leads that would have been qualified at another time, or not at all, with what the candidate asks. */
export const QualificationDifferences = ({ pages }: { readonly pages: readonly Answer<'POST /qualification/rehearsal'>[] }) => {
  const t = useTranslations('rules');
  const { locale, zone } = useWriting();
  const items = pages.flatMap((page) => page.items);
  const examined = pages.reduce((sum, page) => sum + page.examined, 0);
  const at = (time: string | null): string => (time === null ? t('stages.never') : t('stages.at', { time: instant(locale, time, zone) }));
  return (
    <>
      <p className={styles['sum']}>
        <RehearsalSum differences={items.length} examined={examined} days={rehearsedDays} />
      </p>
      <RehearsedLeads items={items} idOf={({ leadId }) => leadId}>
        {({ leadId, title, before, after, explanation }, index) => (
          <>
            <RehearsedLead leadId={leadId} title={title} index={index} />
            {(['mql', 'sql'] as const)
              .filter((stage) => before[stage] !== after[stage])
              .map((stage) => (
                <span key={stage}>
                  {t('stages.reached', { stage: t(`stages.${stage}`), before: at(before[stage]), after: at(after[stage]) })}
                </span>
              ))}
            <details>
              <summary>{t('scored.why')}</summary>
              <ul className={styles['reasons']}>
                {[explanation.mql, explanation.intent, explanation.fit].flatMap((verdict) =>
                  verdict === null
                    ? []
                    : verdict.reasons.map(({ rule, answer, seen }) => (
                        <li key={rule}>
                          <span>{rule}</span>
                          <span>{seen ?? answer}</span>
                        </li>
                      )),
                )}
              </ul>
            </details>
          </>
        )}
      </RehearsedLeads>
    </>
  );
};
