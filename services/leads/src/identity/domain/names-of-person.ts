import { instant } from '@meilenstein/kernel';
import * as z from 'zod';
import { nameKeyOf } from './person.ts';
import { textsOf, type PersonProfile } from './survivorship.ts';

/** An address or number of a lead that was used under too many names, and what was decided about it. */
const sharedContact = z.object({
  contact: z.enum(['email', 'phone']),
  /** the value of the claim; gone after erasure */
  key: z.string(),
  names: z.int().positive(),
  at: instant,
  decision: z.enum(['one-person', 'shared']).nullable(),
});
export type SharedContact = z.infer<typeof sharedContact>;

export const namesState = z.object({
  /** names by which the person was known and which the profile no longer holds, each in one spelling */
  formerNames: z.array(z.string()).default([]),
  sharedContacts: z.record(z.string(), sharedContact).default({}),
});
type NamesState = z.infer<typeof namesState>;
export const noNames: NamesState = { formerNames: [], sharedContacts: {} };

/** More names than this decide nothing: the setting allows at most 50. */
const mostNames = 60;

const keysOf = (profile: PersonProfile): readonly string[] =>
  textsOf(profile, 'name').flatMap((text) => {
    const key = nameKeyOf(text);
    return key === '' ? [] : [key];
  });

/** Every name by which the person was known, each in one spelling. */
export const namesOf = ({
  formerNames,
  profile,
}: Pick<NamesState, 'formerNames'> & { readonly profile: PersonProfile }): readonly string[] => [
  ...new Set([...formerNames, ...keysOf(profile)]),
];

/** The names that a profile drops, because no rule of survivorship may choose them, are still names of the person. */
export const formerNamesAfter = (
  before: Pick<NamesState, 'formerNames'> & { readonly profile: PersonProfile },
  after: PersonProfile,
  name: string | undefined,
): string[] => {
  const kept = new Set(keysOf(after));
  const said = nameKeyOf(name ?? '');
  return [...new Set([...namesOf(before), ...(said === '' ? [] : [said])])]
    .filter((one) => !kept.has(one))
    .slice(0, mostNames)
    .toSorted();
};
