import { useTranslations } from 'use-intl';
import type { Answer } from '../api/routes.ts';
import { useWriting } from '../company/me.ts';
import { usePeople } from '../company/people.ts';
import { count } from '../format/figures.ts';
import { PlainTable } from '../parts/table/plain-table.tsx';
import { RehearsalSum, RehearsedLead } from './rehearsed-lead.tsx';
import { RehearsedLeads } from './rehearsed-leads.tsx';
import { rehearsedDays } from './use-rehearsal.ts';
import styles from './rehearsal-card.module.css';

type Rehearsed = Answer<'POST /routing/rehearse'>;
type Destination = Rehearsed['changed'][number]['active']['to'];

/** Leads that somebody else would have received, why, and how many each would have had. */
export const RoutingDifferences = ({ answer }: { readonly answer: Rehearsed }) => {
  const t = useTranslations('rules');
  const { locale } = useWriting();
  const people = usePeople();
  const who = (to: Destination): string => (to.kind === 'rep' ? people.nameOf(to.repId) : t('routed.queue', { queue: to.queueId }));
  const named = (id: string): string => {
    const name = people.nameOf(id);
    return name === id ? t('routed.queue', { queue: id.replace(/^queue[:#]/, '') }) : name;
  };
  const receivers = [...new Set([...Object.keys(answer.active), ...Object.keys(answer.candidate)])].filter(
    (id) => answer.active[id] !== answer.candidate[id],
  );
  const number = (counts: Readonly<Record<string, number>>, id: string): string => count(locale, counts[id] ?? 0);
  return (
    <>
      <p className={styles['sum']}>
        <RehearsalSum differences={answer.differences} examined={answer.leads} days={rehearsedDays} />
      </p>
      {answer.isComplete ? null : <p className={styles['note']}>{t('incomplete')}</p>}
      {receivers.length === 0 ? null : (
        <PlainTable
          label={t('routed.leads')}
          caption={t('routed.leads')}
          rows={receivers}
          rowId={(id) => id}
          columns={[
            { id: 'who', head: t('routed.who'), isLead: true, cell: named },
            { id: 'before', head: t('routed.before'), isNumber: true, cell: (id) => number(answer.active, id) },
            { id: 'after', head: t('routed.after'), isNumber: true, cell: (id) => number(answer.candidate, id) },
          ]}
        />
      )}
      <RehearsedLeads items={answer.changed} idOf={({ leadId }) => leadId}>
        {({ leadId, title, active, candidate }, index) => (
          <>
            <RehearsedLead leadId={leadId} title={title} index={index} />
            <span className={styles['change']}>
              <span className={styles['was']}>{t('routed.from', { who: who(active.to) })}</span>
              <strong>{t('routed.to', { who: who(candidate.to) })}</strong>
            </span>
            <small className={styles['was']}>{candidate.because}</small>
          </>
        )}
      </RehearsedLeads>
    </>
  );
};
