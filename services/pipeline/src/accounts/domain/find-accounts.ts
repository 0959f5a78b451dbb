import { searchedWords, searchMatch, searchWords } from '@meilenstein/kernel';
import { formerNamesOf, type ExistingAccount } from './account.ts';
import type { ExistingContact } from './contact.ts';

type Match = 'exact' | 'similar' | undefined;

/** How well an account is found by a text: by the words of its name, of former names and of its domain, or by its id. */
export const accountFinder = (text: string): ((account: ExistingAccount) => Match) => {
  const [searched, id] = [searchedWords(text), text.trim().toLowerCase()];
  return (account) => {
    if (account.accountId.toLowerCase() === id) return 'exact';
    const { name, domain } = account.facts;
    return searchMatch(searchWords([name ?? '', ...formerNamesOf(account), domain ?? ''].join(' ')), searched);
  };
};

/** How well a contact is found by a text: by the words of name, position, e-mail and phone. */
export const contactFinder = (text: string): ((contact: ExistingContact) => Match) => {
  const searched = searchedWords(text);
  return ({ person: { name = '', position = '', email = '', phone = '' } }) =>
    searchMatch(searchWords([name, position, email, phone].join(' ')), searched);
};

/** What is found as typed, before what is found in spite of a mistake. */
export const byMatch = <Entry>(entries: readonly Entry[], match: (entry: Entry) => Match, most: number): readonly Entry[] => {
  const found = entries.map((entry) => ({ entry, quality: match(entry) })).filter(({ quality }) => quality !== undefined);
  return found
    .toSorted((a, b) => Number(a.quality === 'similar') - Number(b.quality === 'similar'))
    .slice(0, most)
    .map(({ entry }) => entry);
};
