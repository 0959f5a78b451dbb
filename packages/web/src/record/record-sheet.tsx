import { useMemo, useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { Answer, Item } from '../api/routes.ts';
import { useCommandStore, useGive, useHeldCommands } from '../commands/command-context.ts';
import { takeBack } from '../commands/held-commands.ts';
import { useMe, useWriting } from '../company/me.ts';
import { daysAfter } from '../format/days.ts';
import { oneOf } from '../format/figures.ts';
import { isoNow } from '../format/server-time.ts';
import { Button } from '../parts/form/button.tsx';
import { Choice } from '../parts/form/choice.tsx';
import { DayField } from '../parts/form/day-field.tsx';
import { useFailureText } from '../parts/failure-message.tsx';
import { MoneyField } from '../parts/form/money-field.tsx';
import { Select } from '../parts/form/select.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import { TextField } from '../parts/form/text-field.tsx';
import { actFor, bodyOf, channels, instantOf, roles, type EvidenceDraft } from './evidence-draft.ts';
import { lastRole, rememberRole } from './last-role.ts';
import { draftIn, refusedRecord } from './refused-record.ts';
import styles from './record-sheet.module.css';

export type Recordable = Pick<
  Answer<'GET /opportunities/{opportunityId}'>,
  'opportunityId' | 'account' | 'amount' | 'milestones' | 'nextMilestoneId' | 'processId'
>;
export type Process = Item<'GET /processes'>;

type RecordSheetProps = {
  readonly opportunity: Recordable;
  readonly version: string;
  readonly process: Process;
  /** the milestone that it is about; the next one where it is left out */
  readonly milestoneId?: string | undefined;
  /** what the account is called on the screen */
  readonly title: string;
  readonly onClose: () => void;
};

/** What the customer did, said or wrote, in three steps: which milestone, how, record. */
export const RecordSheet = ({ opportunity, version, process, milestoneId, title, onClose }: RecordSheetProps) => {
  const t = useTranslations('record');
  const language = useLocale();
  const me = useMe();
  const { locale } = useWriting();
  const give = useGive();
  const store = useCommandStore();
  const textOf = useFailureText();
  const entity = `opportunity:${opportunity.opportunityId}`;
  const refused = refusedRecord(useHeldCommands(), entity);
  const reached = useMemo(() => new Set(opportunity.milestones.map((each) => each.milestoneId)), [opportunity.milestones]);
  const open = process.milestones.filter(({ id }) => !reached.has(id));
  const [draft, setDraft] = useState<EvidenceDraft>(() =>
    draftIn(refused, {
      milestoneId: milestoneId ?? opportunity.nextMilestoneId ?? open[0]?.id ?? '',
      channel: null,
      day: me.today,
      role: lastRole(opportunity.account.id) ?? 'decision-maker',
      quote: '',
      amount: '',
    }),
  );
  const [isPickingDay, setPickingDay] = useState(false);
  const [isAskedHow, setAskedHow] = useState(false);
  const milestone = process.milestones.find(({ id }) => id === draft.milestoneId);
  if (milestone === undefined) return null;
  const isOrder = process.milestones.at(-1)?.id === milestone.id;
  const currency = opportunity.amount?.currency ?? me.reportingCurrency ?? 'EUR';
  const amount = isOrder ? draft.amount || (opportunity.amount?.amount ?? '') : '';
  const change = (changed: Partial<EvidenceDraft>): void => setDraft((before) => ({ ...before, ...changed }));
  const yesterday = daysAfter(me.today, -1);
  const body = bodyOf(
    { ...draft, amount },
    { milestone, currency, occurredAt: instantOf(draft.day, { today: me.today, now: isoNow(), zone: me.zone }) },
  );
  const errorAt = (field: string): string | undefined =>
    refused?.failure.field?.includes(field) === true ? textOf(refused.failure) : undefined;
  const isElsewhere = refused !== undefined && !['amount', 'role', 'quote', 'occurredAt'].some((field) => errorAt(field) !== undefined);

  const record = (): void => {
    if (body === undefined) return setAskedHow(true);
    if (refused !== undefined) store.change((queue) => takeBack(queue, refused.id));
    rememberRole(opportunity.account.id, draft.role);
    const next = open.find(({ id }) => id !== milestone.id)?.id ?? null;
    const recorded = {
      milestoneId: milestone.id,
      position: reached.size + 1,
      occurredAt: body.evidence?.occurredAt,
      recordedAt: isoNow(),
      act: body.evidence?.act,
      channel: draft.channel,
      partyRole: draft.role,
      partyRoleText: null,
      quote: body.evidence?.quote ?? null,
    };
    give({
      key: 'POST /opportunities/{opportunityId}/milestones',
      request: { path: { opportunityId: opportunity.opportunityId }, body, ifMatch: version },
      entity,
      patch: {
        milestones: [...opportunity.milestones, recorded],
        nextMilestoneId: isOrder ? null : next,
        ...(isOrder ? { status: 'won' } : {}),
      },
      message: { text: 'milestoneRecorded', values: { milestone: milestone.name[language], account: title } },
    });
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    record();
  };
  // Words that were copied from somewhere were written; who typed them chooses how they came.
  const onPaste = ({ target, clipboardData }: ClipboardEvent): void => {
    if (draft.channel !== null || !(target instanceof HTMLTextAreaElement) || clipboardData.getData('text').trim() === '') return;
    if (actFor('email', milestone.provenBy) !== undefined) change({ channel: 'email' });
  };
  return (
    <Sheet
      title={t('title', { account: title })}
      isOpen
      onClose={onClose}
      foot={
        <Button look="primary" hint="Ctrl ↵" onPress={record}>
          {t('record')}
        </Button>
      }
    >
      {/* Ctrl Enter records from any field. */}
      <div className={styles['form']} onKeyDown={onKeyDown} onPaste={onPaste} role="presentation">
        {isElsewhere && refused !== undefined ? (
          <p role="alert" className={styles['refused']}>
            {textOf(refused.failure)}
          </p>
        ) : null}
        <Select
          label={t('milestone')}
          value={draft.milestoneId}
          options={open.map(({ id, name }) => ({ id, label: name[language] }))}
          onChange={(id) => change({ milestoneId: id })}
        />
        <Choice
          label={t('how')}
          value={draft.channel ?? ''}
          options={channels
            .filter((channel) => actFor(channel, milestone.provenBy) !== undefined)
            .map((id) => ({ id, label: t(`channels.${id}`) }))}
          onChange={(channel) => change({ channel: channels.find((each) => each === channel) ?? null })}
          error={isAskedHow && body === undefined ? t('howIsMissing') : undefined}
        />
        <Choice
          label={t('when')}
          value={isPickingDay || ![me.today, yesterday].includes(draft.day) ? 'other' : draft.day}
          options={[
            { id: me.today, label: t('today') },
            { id: yesterday, label: t('yesterday') },
            { id: 'other', label: t('otherDay') },
          ]}
          onChange={(day) => {
            setPickingDay(day === 'other');
            if (day !== 'other') change({ day });
          }}
        />
        {isPickingDay ? (
          <DayField
            label={t('day')}
            value={draft.day}
            latest={me.today}
            error={errorAt('occurredAt')}
            onChange={(day) => change({ day })}
          />
        ) : null}
        <TextField
          label={t('quote')}
          hint={t('quoteHint')}
          isLong
          autoFocus
          value={draft.quote}
          error={errorAt('quote')}
          onChange={(quote) => change({ quote })}
        />
        <Select
          label={t('role')}
          value={draft.role}
          options={roles.map((id) => ({ id, label: t(`roles.${id}`) }))}
          onChange={(role) => change({ role })}
          error={errorAt('role')}
        />
        {isOrder ? (
          <MoneyField
            label={t('amount')}
            currency={currency}
            value={amount}
            onChange={(typed) => change({ amount: typed })}
            hint={currency === me.reportingCurrency ? undefined : t('rateHint', { currency: me.reportingCurrency ?? '' })}
            error={errorAt('amount')}
          />
        ) : null}
        <p className={styles['provenBy']}>
          {t('provenBy', {
            acts: oneOf(
              locale,
              milestone.provenBy.map((act) => t(`acts.${act}`)),
            ),
          })}
        </p>
      </div>
    </Sheet>
  );
};
