import { Link, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { useRead } from '../api/use-read.ts';
import { useWriting } from '../company/me.ts';
import { remember } from '../keyboard/recent.ts';
import { usePatched } from '../commands/command-context.ts';
import { versionIn } from '../commands/send-commands.ts';
import { instant } from '../format/days.ts';
import { Deadline } from '../parts/figures/deadline.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone } from '../parts/message.tsx';
import { Screen } from '../parts/screen.tsx';
import { Tag } from '../parts/figures/tag.tsx';
import { BantPanel } from './bant-panel.tsx';
import { ConsentPanel } from './consent-panel.tsx';
import { ContactPanel } from './contact-panel.tsx';
import { LeadActions } from './lead-actions.tsx';
import { useLeadName } from './lead-name.ts';
import styles from './lead-screen.module.css';
import { PersonPanel } from './person-panel.tsx';
import { WhyPanels } from './why-panels.tsx';

/** One lead: who it is, what they sent, and why it has its points, status and owner. */
export const LeadScreen = () => {
  const t = useTranslations('lead');
  const leads = useTranslations('leads');
  const { locale, zone } = useWriting();
  const params: { readonly leadId?: string } = useParams({ strict: false });
  const leadId = params.leadId ?? '';
  const reading = useRead('GET /leads/{leadId}', { path: { leadId } }, { rhythm: 'record' });
  const patched = usePatched();
  const nameOf = useLeadName();
  const lead = reading.data === undefined ? undefined : patched(`lead:${leadId}`, reading.data.body);
  const name = lead === undefined ? undefined : nameOf(lead);
  useEffect(() => {
    if (name !== undefined) remember({ path: `/leads/${leadId}`, title: name });
  }, [name, leadId]);
  if (reading.isError && lead === undefined)
    return (
      <Screen title={t('back')}>
        <FailureMessage error={reading.error} retry={() => void reading.refetch()} />
      </Screen>
    );
  if (lead === undefined || name === undefined)
    return (
      <Screen title={<Bone width="14rem" height="1.6rem" />} freshness={reading}>
        <Bone height="14rem" />
        <Bone height="14rem" />
      </Screen>
    );
  return (
    <Screen
      title={
        <span className={styles['title']}>
          {name} <Tag look={lead.status === 'disqualified' ? 'lost' : 'open'}>{leads(`statuses.${lead.status}`)}</Tag>
          <Deadline service={lead.serviceLevel} />
        </span>
      }
      under={<Link to="/leads">{t('back')}</Link>}
      freshness={reading}
      actions={<LeadActions lead={lead} version={versionIn(reading.data?.etag ?? null) ?? ''} name={name} />}
    >
      {lead.disqualification === null ? null : (
        <p>
          {t('disqualified', {
            time: instant(locale, lead.disqualification.at, zone),
            reason: t(`disqualify.reasons.${lead.disqualification.reason}`),
          })}{' '}
          {lead.disqualification.note}
        </p>
      )}
      {lead.mergedInto === null ? null : (
        <p>
          {t('mergedInto')} <Link to={`/leads/${lead.mergedInto}`}>{t('openMerged')}</Link>
        </p>
      )}
      <div className={styles['columns']}>
        <div className={styles['column']}>
          <PersonPanel lead={lead} />
          <BantPanel lead={lead} />
          <ContactPanel lead={lead} />
          <ConsentPanel lead={lead} />
        </div>
        <div className={styles['column']}>
          <WhyPanels lead={lead} />
        </div>
      </div>
    </Screen>
  );
};
