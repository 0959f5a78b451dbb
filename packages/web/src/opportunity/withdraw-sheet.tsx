import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useGive } from '../commands/command-context.ts';
import { Button } from '../parts/form/button.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import type { Entry } from './entries.ts';
import { ReasonChoice, type CorrectionReason } from './reason-choice.tsx';
import type { Milestone, Response, SheetProps } from './sheet-props.ts';

type WithdrawSheetProps = SheetProps & {
  readonly entry: Entry<Milestone, Response>;
  /** what the entry is called */
  readonly what: string;
  /** the milestones of the process, in their order */
  readonly milestoneIds: readonly string[];
};

/** Takes back what was recorded of the customer, with a reason. */
export const WithdrawSheet = ({ opportunity, version, title, onClose, entry, what, milestoneIds }: WithdrawSheetProps) => {
  const t = useTranslations('opportunity.putRight');
  const give = useGive();
  const [reason, setReason] = useState<CorrectionReason>();
  const { opportunityId } = opportunity;
  const entity = `opportunity:${opportunityId}`;
  const save = (): void => {
    if (reason === undefined) return;
    if (entry.milestone !== undefined) {
      const { milestoneId } = entry.milestone;
      const milestones = opportunity.milestones.filter((each) => each.milestoneId !== milestoneId);
      const reached = new Set(milestones.map((each) => each.milestoneId));
      const next = milestoneIds.find((id) => !reached.has(id)) ?? null;
      give({
        key: 'POST /opportunities/{opportunityId}/milestones/{milestoneId}/withdraw',
        request: { path: { opportunityId, milestoneId }, body: { reason }, ifMatch: version },
        entity,
        patch: { milestones, ...(opportunity.status === 'open' ? { nextMilestoneId: next } : {}) },
        message: { text: 'evidenceWithdrawn', values: { milestone: what, account: title } },
      });
    } else {
      const { responseId } = entry.response;
      give({
        key: 'POST /opportunities/{opportunityId}/responses/{responseId}/withdraw',
        request: { path: { opportunityId, responseId }, body: { reason }, ifMatch: version },
        entity,
        patch: { responses: opportunity.responses.filter((each) => each.responseId !== responseId) },
        message: { text: 'responseWithdrawn', values: { account: title } },
      });
    }
    onClose();
  };
  return (
    <Sheet
      title={t('withdrawal.title', { what })}
      isOpen
      at="middle"
      onClose={onClose}
      foot={
        <Button look="primary" isDisabled={reason === undefined} onPress={save}>
          {t('withdrawal.save')}
        </Button>
      }
    >
      <p>{t(entry.milestone === undefined ? 'withdrawal.response' : 'withdrawal.milestone')}</p>
      <ReasonChoice value={reason} onChange={setReason} />
      <small>{t('history')}</small>
    </Sheet>
  );
};
