import { useEffect, useState } from 'react';
import type { Answer } from '../api/routes.ts';
import { useSend } from '../app/api.ts';
import { useMe } from '../company/me.ts';

type Found = { readonly id: string; readonly title: string; readonly detail: string };
type FoundLead = Answer<'POST /search/leads'>['items'][number];
type FoundOpportunity = Answer<'POST /search/opportunities'>['items'][number];

const fewestLetters = 2;

const leadFound = ({ leadId, title, person }: FoundLead): Found => ({ id: leadId, title: title ?? leadId, detail: person.company ?? '' });
const opportunityFound = ({ opportunityId, account }: FoundOpportunity): Found => ({
  id: opportunityId,
  title: account.name ?? account.id,
  detail: '',
});

type FoundAccounts = Answer<'POST /search/accounts'>;

const accountFound = ({ accountId, name, industry }: FoundAccounts['accounts'][number]): Found => ({
  id: accountId,
  title: name ?? accountId,
  detail: industry ?? '',
});
/** A contact opens its account. */
const contactFound = ({ contactId, account, name, position, email, phone }: FoundAccounts['contacts'][number]): FoundContact => ({
  id: contactId,
  accountId: account.accountId,
  title: name ?? position ?? email ?? phone ?? contactId,
  detail: account.name ?? '',
});

type FoundContact = Found & { readonly accountId: string };
type Results = {
  readonly leads: readonly Found[];
  readonly opportunities: readonly Found[];
  readonly accounts: readonly Found[];
  readonly contacts: readonly FoundContact[];
};
const nothing: Results = { leads: [], opportunities: [], accounts: [], contacts: [] };

/** Leads, opportunities, accounts and contacts by what is typed, a moment after the last letter. The words go in a body, never into an address. */
export const useRecordSearch = (text: string): Results => {
  const send = useSend();
  const { roles } = useMe();
  const [results, setResults] = useState<{ readonly of: string; readonly found: Results }>({ of: '', found: nothing });
  const maySearch = roles.some((role) => ['rep', 'manager', 'operations', 'admin'].includes(role));
  const words = text.trim();
  useEffect(() => {
    if (!maySearch || words.length < fewestLetters) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      const request = { body: { text: words } };
      const { signal } = stop;
      Promise.all([
        send('POST /search/leads', request, { signal }),
        send('POST /search/opportunities', request, { signal }),
        send('POST /search/accounts', request, { signal }),
      ]).then(
        ([leads, opportunities, accounts]) =>
          setResults({
            of: words,
            found: {
              leads: leads.body.items.map(leadFound),
              opportunities: opportunities.body.items.map(opportunityFound),
              accounts: accounts.body.accounts.map(accountFound),
              contacts: accounts.body.contacts.map(contactFound),
            },
          }),
        () => undefined,
      );
    }, 150);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [words, maySearch, send]);
  return words.length < fewestLetters ? nothing : results.found;
};
