import { useState, type KeyboardEvent } from 'react';
import { useTranslations } from 'use-intl';
import { useGive } from '../commands/command-context.ts';
import { useMe } from '../company/me.ts';
import { isoNow } from '../format/server-time.ts';
import { Button } from '../parts/form/button.tsx';
import { Choice } from '../parts/form/choice.tsx';
import { DayField } from '../parts/form/day-field.tsx';
import { Select } from '../parts/form/select.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import { TextField } from '../parts/form/text-field.tsx';
import { channels, instantOf, roles, type Channel } from '../record/evidence-draft.ts';
import { lastRole, rememberRole } from '../record/last-role.ts';
import styles from '../record/record-sheet.module.css';
import type { Response, SheetProps } from './sheet-props.ts';

const kinds = ['answered', 'asked', 'postponed'] as const satisfies readonly Response['kind'][];

/** The customer answered, asked or postponed, and reached no milestone. */
export const RespondSheet = ({ opportunity, version, title, onClose }: SheetProps) => {
  const t = useTranslations('opportunity.respond');
  const texts = useTranslations('record');
  const me = useMe();
  const give = useGive();
  const { opportunityId, account } = opportunity;
  const [kind, setKind] = useState<Response['kind']>();
  const [channel, setChannel] = useState<Channel>();
  const [day, setDay] = useState<string>(me.today);
  const [role, setRole] = useState(lastRole(account.id) ?? 'decision-maker');
  const [quote, setQuote] = useState('');
  const isReady = kind !== undefined && channel !== undefined;
  const save = (): void => {
    if (!isReady) return;
    rememberRole(account.id, role);
    const occurredAt = instantOf(day, { today: me.today, now: isoNow(), zone: me.zone });
    const words = quote.trim() === '' ? {} : { quote: quote.trim() };
    const response = { responseId: 'new', kind, occurredAt, recordedAt: isoNow(), channel, quote: words.quote ?? null };
    give({
      key: 'POST /opportunities/{opportunityId}/responses',
      request: {
        path: { opportunityId },
        body: { kind, by: { party: 'customer', role }, occurredAt, channel, ...words },
        ifMatch: version,
      },
      entity: `opportunity:${opportunityId}`,
      patch: {
        responses: [...opportunity.responses, { ...response, partyRole: 'other', partyRoleText: role, recordedBy: null }],
      },
      message: { text: 'responded', values: { account: title } },
    });
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    save();
  };
  return (
    <Sheet
      title={t('title', { account: title })}
      isOpen
      onClose={onClose}
      foot={
        <Button look="primary" hint="Ctrl ↵" isDisabled={!isReady} onPress={save}>
          {texts('record')}
        </Button>
      }
    >
      {/* Ctrl Enter records from any field. */}
      <div className={styles['form']} onKeyDown={onKeyDown} role="presentation">
        <Choice<Response['kind'] | ''>
          label={t('kind')}
          value={kind ?? ''}
          options={kinds.map((id) => ({ id, label: t(`kinds.${id}`) }))}
          onChange={(id) => (id === '' ? undefined : setKind(id))}
        />
        <Choice<Channel | ''>
          label={texts('how')}
          value={channel ?? ''}
          options={channels.map((id) => ({ id, label: texts(`channels.${id}`) }))}
          onChange={(id) => (id === '' ? undefined : setChannel(id))}
        />
        <DayField label={texts('day')} value={day} latest={me.today} onChange={setDay} />
        <TextField label={texts('quote')} hint={texts('quoteHint')} isLong value={quote} onChange={setQuote} />
        <Select label={texts('role')} value={role} options={roles.map((id) => ({ id, label: texts(`roles.${id}`) }))} onChange={setRole} />
        <small>{t('note')}</small>
      </div>
    </Sheet>
  );
};
