import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { useGive } from '../commands/command-context.ts';
import { useMe } from '../company/me.ts';
import { dayOf } from '../format/days.ts';
import { isoNow } from '../format/server-time.ts';
import { Button } from '../parts/form/button.tsx';
import { Choice } from '../parts/form/choice.tsx';
import { DayField } from '../parts/form/day-field.tsx';
import { Select } from '../parts/form/select.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import { TextField } from '../parts/form/text-field.tsx';
import { channels, instantOf, roles } from '../record/evidence-draft.ts';
import type { Process } from '../record/record-sheet.tsx';
import { useRoleName } from '../record/role-name.ts';
import { orderMilestone } from './entries.ts';
import { ReasonChoice, type CorrectionReason } from './reason-choice.tsx';
import type { Milestone, SheetProps } from './sheet-props.ts';

const acts = ['did', 'said', 'wrote'] as const;

/** The options that are offered, and what was recorded where it is none of them. */
const withRecorded = <Id extends string>(offered: readonly Id[], recorded: Id): readonly Id[] =>
  offered.includes(recorded) ? offered : [...offered, recorded];

type CorrectEvidenceSheetProps = SheetProps & { readonly recorded: Milestone; readonly process: Process };

/** The evidence of a milestone as it really was. */
export const CorrectEvidenceSheet = ({ opportunity, version, title, onClose, recorded, process }: CorrectEvidenceSheetProps) => {
  const t = useTranslations('opportunity.putRight');
  const texts = useTranslations('record');
  const language = useLocale();
  const roleName = useRoleName();
  const me = useMe();
  const give = useGive();
  const milestone = process.milestones.find(({ id }) => id === recorded.milestoneId);
  const name = milestone?.name[language] ?? recorded.milestoneId;
  const before = dayOf(recorded.occurredAt, me.zone);
  const [act, setAct] = useState(recorded.act);
  const [channel, setChannel] = useState(recorded.channel);
  const [day, setDay] = useState(before);
  const [quote, setQuote] = useState(recorded.quote ?? '');
  const [role, setRole] = useState(recorded.partyRoleText ?? recorded.partyRole);
  const [reason, setReason] = useState<CorrectionReason>();
  const isOfOrder = orderMilestone(opportunity)?.milestoneId === recorded.milestoneId;
  const offeredRoles = withRecorded<string>(roles, recorded.partyRoleText ?? recorded.partyRole);
  const save = (): void => {
    if (reason === undefined) return;
    const occurredAt = day === before ? recorded.occurredAt : instantOf(day, { today: me.today, now: isoNow(), zone: me.zone });
    const words = quote.trim() === '' ? {} : { quote: quote.trim() };
    const artefact = recorded.artefact === null || recorded.artefact === undefined ? {} : { artefact: recorded.artefact };
    const { opportunityId } = opportunity;
    const { milestoneId } = recorded;
    const corrected = { ...recorded, act, channel, occurredAt, quote: words.quote ?? null, partyRoleText: role, correctedAt: isoNow() };
    give({
      key: 'POST /opportunities/{opportunityId}/milestones/{milestoneId}/correct',
      request: {
        path: { opportunityId, milestoneId },
        body: { reason, evidence: { act, by: { party: 'customer', role }, occurredAt, channel, ...words, ...artefact } },
        ifMatch: version,
      },
      entity: `opportunity:${opportunityId}`,
      patch: { milestones: opportunity.milestones.map((each) => (each.milestoneId === milestoneId ? corrected : each)) },
      message: { text: 'evidenceCorrected', values: { milestone: name, account: title } },
    });
    onClose();
  };
  return (
    <Sheet
      title={t('evidence.title', { milestone: name })}
      isOpen
      onClose={onClose}
      foot={
        <Button look="primary" isDisabled={reason === undefined} onPress={save}>
          {t('evidence.save')}
        </Button>
      }
    >
      <Choice
        label={t('evidence.act')}
        value={act}
        options={acts
          .filter((id) => milestone === undefined || milestone.provenBy.includes(id))
          .map((id) => ({ id, label: texts(`acts.${id}`) }))}
        onChange={setAct}
      />
      <Choice
        label={texts('how')}
        value={channel}
        options={withRecorded(channels, channel).map((id) => ({ id, label: texts(`channels.${id}`) }))}
        onChange={setChannel}
      />
      {isOfOrder ? null : <DayField label={t('evidence.day')} value={day} latest={me.today} onChange={setDay} />}
      <TextField label={texts('quote')} hint={texts('quoteHint')} isLong value={quote} onChange={setQuote} />
      <Select label={texts('role')} value={role} options={offeredRoles.map((id) => ({ id, label: roleName(id) }))} onChange={setRole} />
      <ReasonChoice value={reason} onChange={setReason} />
      <small>{t('history')}</small>
    </Sheet>
  );
};
