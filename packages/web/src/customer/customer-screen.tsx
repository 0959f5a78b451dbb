import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useRead } from '../api/use-read.ts';
import { useKeys } from '../keyboard/keys.tsx';
import { remember } from '../keyboard/recent.ts';
import { usePatched } from '../commands/command-context.ts';
import { versionIn } from '../commands/send-commands.ts';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone } from '../parts/message.tsx';
import { Screen } from '../parts/screen.tsx';
import { AccountFacts } from './account-facts.tsx';
import { ContactsCard } from './contacts-card.tsx';
import { ContactSheet, type Contact } from './contact-sheet.tsx';
import { FactsSheet } from './facts-sheet.tsx';
import { OpportunitiesCard } from './opportunities-card.tsx';
import { TimelineCard } from './timeline-card.tsx';
import styles from './customer-screen.module.css';

type Open = { readonly what: 'facts' } | { readonly what: 'contact'; readonly contact?: Contact };

/** One account: who it is, who decides there, what we sell, and everything that happened. */
export const CustomerScreen = () => {
  const t = useTranslations('customer');
  const accounts = useTranslations('accounts');
  const params: { readonly accountId?: string } = useParams({ strict: false });
  const accountId = params.accountId ?? '';
  const reading = useRead('GET /accounts/{accountId}', { path: { accountId } }, { rhythm: 'record' });
  const fields = useRead('GET /account-fields', {}, { rhythm: 'calm' });
  const patched = usePatched();
  const [open, setOpen] = useState<Open>();
  const account = reading.data === undefined ? undefined : patched(`account:${reading.data.body.accountId}`, reading.data.body);
  const title = account === undefined ? undefined : (account.name ?? accounts('private'));
  const isCompany = account !== undefined && account.leadId === null;
  useEffect(() => {
    if (title !== undefined && isCompany) remember({ path: `/accounts/${accountId}`, title });
  }, [title, isCompany, accountId]);
  useKeys([
    { keys: 'e', label: t('facts.edit'), run: () => setOpen({ what: 'facts' }) },
    { keys: 'n', label: t('contacts.addTitle'), run: () => setOpen({ what: 'contact' }) },
  ]);
  if (reading.isError && account === undefined)
    return (
      <Screen title={t('back')}>
        <FailureMessage error={reading.error} retry={() => void reading.refetch()} />
      </Screen>
    );
  if (account === undefined || title === undefined)
    return (
      <Screen title={<Bone width="14rem" height="1.6rem" />} freshness={reading}>
        <Bone height="14rem" />
        <Bone height="18rem" />
      </Screen>
    );
  const close = (): void => setOpen(undefined);
  return (
    <Screen title={title} under={<Link to="/accounts">{t('back')}</Link>} freshness={reading}>
      <div className={styles['columns']}>
        <div className={styles['column']}>
          <AccountFacts account={account} fields={fields.data?.body.fields ?? []} onEdit={() => setOpen({ what: 'facts' })} />
          <ContactsCard
            accountId={account.accountId}
            onAdd={() => setOpen({ what: 'contact' })}
            onEdit={(contact) => setOpen({ what: 'contact', contact })}
          />
        </div>
        <div className={styles['column']}>
          <OpportunitiesCard account={account} />
          <TimelineCard accountId={account.accountId} />
        </div>
      </div>
      {open?.what === 'facts' ? (
        <FactsSheet account={account} version={versionIn(reading.data?.etag ?? null) ?? ''} title={title} onClose={close} />
      ) : null}
      {open?.what === 'contact' ? <ContactSheet accountId={account.accountId} contact={open.contact} onClose={close} /> : null}
    </Screen>
  );
};
