import { CircleCheck, Download, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Tag } from '../parts/figures/tag.tsx';
import { useReasonText } from './reason-text.ts';
import type { Trial } from './trial.ts';

/** What a payload would become, in one sentence. */
export const TrialOutcome = ({ of: { outcome, reason } }: { readonly of: Pick<Trial, 'outcome' | 'reason'> }) => {
  const t = useTranslations('sources.trial.outcomes');
  const reasonText = useReasonText();
  const isLead = outcome === 'lead';
  const Icon = isLead ? CircleCheck : outcome === 'fetched' ? Download : TriangleAlert;
  return (
    <p role="status">
      <Tag look={isLead ? 'good' : outcome === 'fetched' ? 'accent' : 'warning'}>
        <Icon size={14} aria-hidden="true" />
        {outcome === 'quarantined' || outcome === 'rejected' ? t(outcome, { reason: reasonText(reason) }) : t(outcome)}
      </Tag>
    </p>
  );
};
