import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { Answer } from '../api/routes.ts';
import { useWriting } from '../company/me.ts';
import { usePeople } from '../company/people.ts';
import { day, dayOf } from '../format/days.ts';
import { count } from '../format/figures.ts';
import { Button } from '../parts/form/button.tsx';
import { Card } from '../parts/card.tsx';
import { Facts } from '../parts/figures/facts.tsx';

export type Account = Answer<'GET /accounts/{accountId}'>;
type Field = Answer<'GET /account-fields'>['fields'][number];
type FactsProps = { readonly account: Account; readonly fields: readonly Field[]; readonly onEdit: () => void };

/** What is known of an account; what is not known takes no room. */
export const AccountFacts = ({ account, fields, onEdit }: FactsProps) => {
  const t = useTranslations('customer.facts');
  const accounts = useTranslations('accounts');
  const absorbedTexts = useTranslations('customer.absorbed');
  const shell = useTranslations('shell');
  const language = useLocale();
  const { locale, zone } = useWriting();
  const people = usePeople();
  const { owner, team, industry, employees, country, territory, domain, parent, formerNames, absorbed, leadId } = account;
  const ownValue = (field: Field): ReactNode => {
    const value = account.fields[field.id];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (typeof value === 'number') return count(locale, value);
    if (field.type === 'choice') return field.choices.find(({ id }) => id === value)?.name[language] ?? value;
    return field.type === 'day' ? day(locale, value) : value;
  };
  const known = (name: string, value: ReactNode): readonly (readonly [string, ReactNode])[] =>
    value === undefined || value === null || value === '' ? [] : [[name, value]];
  const rows = [
    ...known(t('owner'), owner === null ? shell('unassigned') : people.nameOf(owner)),
    ...known(t('team'), team.map(({ repId, role }) => `${people.nameOf(repId)} (${t(`roles.${role}`)})`).join(', ')),
    ...known(t('channel'), accounts(`channels.${account.channel}`)),
    ...known(t('industry'), industry),
    ...known(t('employees'), employees === null ? null : count(locale, employees)),
    ...known(t('country'), country === null ? null : (new Intl.DisplayNames([locale], { type: 'region' }).of(country) ?? country)),
    ...known(t('territory'), territory),
    ...known(t('domain'), domain),
    ...known(t('parent'), parent === null ? null : <Link to={`/accounts/${parent.accountId}`}>{parent.name ?? accounts('private')}</Link>),
    ...known(t('formerNames'), formerNames.join(', ')),
    ...known(t('lead'), leadId === null ? null : <Link to={`/leads/${leadId}`}>{t('openLead')}</Link>),
    ...fields.flatMap((field) => known(field.name[language], ownValue(field))),
    ...known(absorbedTexts('title'), absorbed.map(({ name, accountId }) => name ?? accountId).join(', ')),
    ...known(t('since'), day(locale, dayOf(account.openedAt, zone))),
  ];
  return (
    <Card
      title={t('title')}
      actions={
        <Button look="quiet" hint="E" onPress={onEdit}>
          {t('edit')}
        </Button>
      }
    >
      <Facts of={rows} />
    </Card>
  );
};
