import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { Request } from '../api/routes.ts';
import { useRead } from '../api/use-read.ts';
import { useMe } from '../company/me.ts';
import { usePeople } from '../company/people.ts';
import { useGiveCommand } from '../commands/command-context.ts';
import { Button } from '../parts/form/button.tsx';
import { Choice } from '../parts/form/choice.tsx';
import { DayField } from '../parts/form/day-field.tsx';
import { Select } from '../parts/form/select.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import { TextField } from '../parts/form/text-field.tsx';
import { giveOnLead, type LeadTarget } from './lead-commands.ts';
import styles from './panels.module.css';

export type LeadSheetKind = 'answer' | 'qualify' | 'disqualify' | 'assign' | 'convert' | 'giveBack';
type SheetProps = { readonly target: LeadTarget; readonly onClose: () => void };

const answerChannels = ['call', 'email', 'meeting', 'video', 'message', 'letter'] as const;
const reasons = [
  'no-fit',
  'no-need',
  'no-budget',
  'no-authority',
  'bad-timing',
  'price-problem',
  'chose-competitor',
  'not-reachable',
  'not-a-lead',
] as const;
const giveBackReasons = ['lacks-a-skill', 'lacks-the-language', 'other-market', 'knows-the-person', 'no-time', 'other'] as const;
const slots = ['budget', 'authority', 'need', 'timing'] as const;

/** One click on the way of contact is the whole answer. */
const AnswerSheet = ({ target, onClose }: SheetProps) => {
  const t = useTranslations('lead.answer');
  const act = giveOnLead(useGiveCommand(), target);
  return (
    <Sheet title={t('title', { person: target.name })} at="middle" isOpen onClose={onClose}>
      <Choice
        label={t('how')}
        value={''}
        options={answerChannels.map((id) => ({ id, label: t(`channels.${id}`) }))}
        onChange={(id) => {
          const channel = answerChannels.find((each) => each === id);
          if (channel !== undefined) act('POST /leads/{leadId}/answer', { channel }, { patch: { status: 'working' } });
          onClose();
        }}
      />
    </Sheet>
  );
};

const QualifySheet = ({ target, onClose }: SheetProps) => {
  const t = useTranslations('lead.bant');
  const me = useMe();
  const act = giveOnLead(useGiveCommand(), target);
  const [slot, setSlot] = useState<(typeof slots)[number]>('need');
  const [value, setValue] = useState('');
  const [evidence, setEvidence] = useState('');
  const [on, setOn] = useState<string>(me.today);
  const body: Request<'POST /leads/{leadId}/qualify'>['body'] = { [slot]: { value, evidence, on } };
  const save = (): void => {
    act('POST /leads/{leadId}/qualify', body);
    onClose();
  };
  return (
    <Sheet
      title={t('sheet', { person: target.name })}
      isOpen
      onClose={onClose}
      foot={
        <Button look="primary" isDisabled={value.trim() === '' || evidence.trim() === ''} onPress={save}>
          {t('save')}
        </Button>
      }
    >
      <div className={styles['form']}>
        <Choice label={t('slot')} value={slot} options={slots.map((id) => ({ id, label: t(`slots.${id}`) }))} onChange={setSlot} />
        <TextField label={t('value')} isLong autoFocus value={value} maxLength={500} onChange={setValue} />
        <TextField label={t('evidence')} value={evidence} maxLength={300} onChange={setEvidence} />
        <DayField label={t('day')} value={on} latest={me.today} onChange={setOn} />
      </div>
    </Sheet>
  );
};

const DisqualifySheet = ({ target, onClose }: SheetProps) => {
  const t = useTranslations('lead.disqualify');
  const act = giveOnLead(useGiveCommand(), target);
  const [reason, setReason] = useState<(typeof reasons)[number]>();
  const [note, setNote] = useState('');
  const save = (): void => {
    if (reason !== undefined)
      act('POST /leads/{leadId}/disqualify', { reason, ...(note.trim() === '' ? {} : { note }) }, { patch: { status: 'disqualified' } });
    onClose();
  };
  return (
    <Sheet
      title={t('title', { person: target.name })}
      isOpen
      onClose={onClose}
      foot={
        <Button look="primary" isDisabled={reason === undefined} onPress={save}>
          {t('save')}
        </Button>
      }
    >
      <div className={styles['form']}>
        <Choice
          label={t('reason')}
          value={reason ?? ''}
          options={reasons.map((id) => ({ id, label: t(`reasons.${id}`) }))}
          onChange={(id) => setReason(reasons.find((each) => each === id))}
        />
        <TextField label={t('note')} isLong value={note} onChange={setNote} />
        <p>{t('final')}</p>
      </div>
    </Sheet>
  );
};

const AssignSheet = ({ target, onClose }: SheetProps) => {
  const t = useTranslations('lead.assign');
  const act = giveOnLead(useGiveCommand(), target);
  const people = usePeople();
  const [repId, setRepId] = useState<string | null>(null);
  const save = (): void => {
    if (repId !== null) act('POST /leads/{leadId}/assign', { repId }, { rep: people.nameOf(repId) });
    onClose();
  };
  return (
    <Sheet
      title={t('title', { person: target.name })}
      at="middle"
      isOpen
      onClose={onClose}
      foot={
        <Button look="primary" isDisabled={repId === null} onPress={save}>
          {t('save')}
        </Button>
      }
    >
      <Select
        label={t('rep')}
        value={repId}
        options={people.active.map((rep) => ({
          id: rep.repId,
          label: rep.teamId === null ? rep.name : `${rep.name}, ${people.teamOf(rep.teamId)}`,
        }))}
        onChange={setRepId}
      />
    </Sheet>
  );
};

const ConvertSheet = ({ target, onClose }: SheetProps) => {
  const t = useTranslations('lead.convert');
  const language = useLocale();
  const act = giveOnLead(useGiveCommand(), target);
  const processes = useRead('GET /processes', {}, { rhythm: 'calm' }).data?.body.items ?? [];
  const [chosen, setChosen] = useState<string>();
  const processId = chosen ?? processes[0]?.processId;
  const save = (): void => {
    act('POST /leads/{leadId}/convert', processId === undefined ? {} : { processId }, { patch: { status: 'converted' } });
    onClose();
  };
  return (
    <Sheet
      title={t('title', { person: target.name })}
      at="middle"
      isOpen
      onClose={onClose}
      foot={
        <Button look="primary" onPress={save}>
          {t('save')}
        </Button>
      }
    >
      <Choice
        label={t('process')}
        value={processId ?? ''}
        options={processes.map((process) => ({ id: String(process.processId), label: process.name[language] }))}
        onChange={setChosen}
      />
      <p>{t('text')}</p>
    </Sheet>
  );
};

const GiveBackSheet = ({ target, onClose }: SheetProps) => {
  const t = useTranslations('lead.giveBack');
  const act = giveOnLead(useGiveCommand(), target);
  const [reason, setReason] = useState<(typeof giveBackReasons)[number]>();
  const save = (): void => {
    if (reason !== undefined) act('POST /leads/{leadId}/give-back', { reason });
    onClose();
  };
  return (
    <Sheet
      title={t('title', { person: target.name })}
      at="middle"
      isOpen
      onClose={onClose}
      foot={
        <Button look="primary" isDisabled={reason === undefined} onPress={save}>
          {t('save')}
        </Button>
      }
    >
      <Choice
        label={t('reason')}
        value={reason ?? ''}
        options={giveBackReasons.map((id) => ({ id, label: t(`reasons.${id}`) }))}
        onChange={(id) => setReason(giveBackReasons.find((each) => each === id))}
      />
      <p>{t('text')}</p>
    </Sheet>
  );
};

const sheets = {
  answer: AnswerSheet,
  qualify: QualifySheet,
  disqualify: DisqualifySheet,
  assign: AssignSheet,
  convert: ConvertSheet,
  giveBack: GiveBackSheet,
};

/** The sheet of one command on a lead; lists and the record open the same ones. */
export const LeadSheet = ({ kind, target, onClose }: SheetProps & { readonly kind: LeadSheetKind }) => {
  const Shown = sheets[kind];
  return <Shown target={target} onClose={onClose} />;
};
