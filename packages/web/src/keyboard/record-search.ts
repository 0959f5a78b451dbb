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

type Results = { readonly leads: readonly Found[]; readonly opportunities: readonly Found[] };
const nothing: Results = { leads: [], opportunities: [] };

/** Leads and opportunities by what is typed, a moment after the last letter. The words go in a body, never into an address. */
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
      Promise.all([send('POST /search/leads', request, { signal }), send('POST /search/opportunities', request, { signal })]).then(
        ([leads, opportunities]) =>
          setResults({
            of: words,
            found: { leads: leads.body.items.map(leadFound), opportunities: opportunities.body.items.map(opportunityFound) },
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
