import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { accountChannels } from '../accounts/account-query.ts';
import { usePeople } from '../company/people.ts';
import { useGive } from '../commands/command-context.ts';
import { Button } from '../parts/form/button.tsx';
import { NumberField } from '../parts/form/number-field.tsx';
import { Pick } from '../parts/form/pick.tsx';
import { Select } from '../parts/form/select.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import { TextField } from '../parts/form/text-field.tsx';
import type { Account } from './account-facts.tsx';

type FactsSheetProps = { readonly account: Account; readonly version: string; readonly title: string; readonly onClose: () => void };

const typed = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** Changes what is known of an account; only what differs is sent. */
export const FactsSheet = ({ account, version, title, onClose }: FactsSheetProps) => {
  const t = useTranslations('customer.facts');
  const accounts = useTranslations('accounts');
  const shell = useTranslations('shell');
  const people = usePeople();
  const give = useGive();
  const [name, setName] = useState(account.name ?? '');
  const [owner, setOwner] = useState<string>(account.owner ?? '');
  const [channel, setChannel] = useState(account.channel);
  const [industry, setIndustry] = useState(account.industry ?? '');
  const [employees, setEmployees] = useState(account.employees);
  const [country, setCountry] = useState(account.country ?? '');
  const isCompany = account.name !== null;
  const save = (): void => {
    const wanted = {
      ...(isCompany && typed(name) !== null ? { name: name.trim() } : {}),
      owner: owner === '' ? null : owner,
      channel,
      industry: typed(industry),
      employees,
      country: typed(country)?.toUpperCase() ?? null,
    };
    const now: Readonly<Record<string, unknown>> = account;
    const body = Object.fromEntries(Object.entries(wanted).filter(([field, value]) => value !== now[field]));
    onClose();
    if (Object.keys(body).length === 0) return;
    give({
      key: 'POST /accounts/{accountId}/amend',
      request: { path: { accountId: account.accountId }, body, ifMatch: version },
      entity: `account:${account.accountId}`,
      patch: body,
      message: { text: 'accountAmended', values: { account: title } },
    });
  };
  const owners = people.active.map((rep) => ({ id: String(rep.repId), label: rep.name }));
  const isKnown = owner === '' || owners.some(({ id }) => id === owner);
  return (
    <Sheet
      title={t('editTitle', { account: title })}
      isOpen
      onClose={onClose}
      foot={
        <Button look="primary" onPress={save}>
          {t('save')}
        </Button>
      }
    >
      {isCompany ? <TextField label={t('name')} value={name} onChange={setName} maxLength={200} autoFocus /> : null}
      <Pick
        label={t('owner')}
        value={owner}
        groups={[
          {
            options: [{ id: '', label: shell('unassigned') }, ...(isKnown ? [] : [{ id: owner, label: people.nameOf(owner) }]), ...owners],
          },
        ]}
        onChange={setOwner}
      />
      <Select
        label={t('channel')}
        value={channel}
        options={accountChannels.map((id) => ({ id, label: accounts(`channels.${id}`) }))}
        onChange={setChannel}
      />
      <TextField label={t('industry')} value={industry} onChange={setIndustry} maxLength={60} />
      <NumberField label={t('employees')} value={employees} onChange={setEmployees} lowest={1} highest={10_000_000} isWhole />
      <TextField label={t('country')} hint={t('countryHint')} value={country} onChange={setCountry} maxLength={2} />
    </Sheet>
  );
};
