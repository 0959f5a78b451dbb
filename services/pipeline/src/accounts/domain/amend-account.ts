import { accountAmended, accountOpened, type AccountFact, type AccountFacts } from '@meilenstein/contracts';
import { canonicalJson, decided, refused, type AccountId, type Decision, type Refusal } from '@meilenstein/kernel';
import { isPrivate, nameClaim, noFacts, type Account } from './account.ts';
import type { CheckedFields } from './account-fields.ts';

/** Facts that are absent stay unchanged. */
export type Amendment = { readonly [Name in keyof Omit<AccountFacts, 'fields'>]?: AccountFacts[Name] | undefined } & {
  readonly fields: CheckedFields;
};

const privateRefusal = refused(
  'account-private',
  'the customer is a natural person: their name stays with the lead, and a domain could name them',
);

type TypedFacts = { readonly [Name in keyof AccountFacts]?: AccountFacts[Name] | undefined };

const keysOf = (amendment: TypedFacts): readonly (keyof AccountFacts)[] =>
  (['name', 'parentId', 'domain', 'industry', 'employees', 'country', 'territory', 'owner', 'team', 'channel', 'fields'] as const).filter(
    (key) => amendment[key] !== undefined,
  );

const isEqual = (a: unknown, b: unknown): boolean => canonicalJson(a ?? null) === canonicalJson(b ?? null);

const pick = (facts: TypedFacts, keys: readonly (keyof AccountFacts)[]): Partial<AccountFacts> =>
  Object.fromEntries(keys.map((key) => [key, facts[key]]));

/** Values after a change; null takes one away. */
const valuesAfter = <Value>(
  before: Readonly<Record<string, Value>>,
  changed: Readonly<Record<string, Value | null>>,
): Record<string, Value> =>
  Object.fromEntries(Object.entries({ ...before, ...changed }).flatMap(([id, value]) => (value === null ? [] : [[id, value] as const])));

/** The account that has a name now; undefined: none, and it may be claimed. */
export type NameHolder = { readonly nameHolder: string | undefined };

const nameTaken = (holder: string) =>
  refused('account-exists', 'another account has this name, or had it before; merge the accounts if both are the same customer', {
    field: 'name',
    value: holder,
  });

/** Changes facts of an account; the event has the values before and after of those that differ. */
export const amendAccount = (
  account: Account,
  { fields, ...facts }: Amendment,
  { nameHolder }: NameHolder,
): Decision<AccountFact, Refusal<'account-not-found' | 'account-merged' | 'account-private' | 'account-exists'>> => {
  if (account.status === 'none') return refused('account-not-found', 'there is no such account');
  if (account.status === 'merged')
    return refused('account-merged', `the account was merged into ${account.mergedInto ?? 'another one'}; change that one`);
  if (isPrivate(account) && ((facts.name ?? null) !== null || (facts.domain ?? null) !== null)) return privateRefusal;
  if (nameHolder !== undefined && nameHolder !== account.accountId) return nameTaken(nameHolder);
  const wanted = { ...facts, fields: valuesAfter(account.facts.fields, fields.published) };
  const changed = keysOf(wanted).filter((key) => !isEqual(wanted[key], account.facts[key]));
  const texts = Object.entries(fields.texts).filter(([id, text]) => (account.texts[id] ?? null) !== text);
  if (changed.length === 0 && texts.length === 0) return decided();
  const data = {
    accountId: account.accountId,
    before: pick(account.facts, changed),
    after: pick(wanted, changed),
    texts: texts.map(([id]) => id),
  };
  const amended = decided(accountAmended.of(data, texts.length === 0 ? {} : { confidential: { texts: Object.fromEntries(texts) } }));
  const { name = null } = facts;
  return name === null || nameHolder !== undefined ? amended : { ...amended, claims: [nameClaim(name)] };
};

/** Opens an account by hand. */
export const openByHand = (
  account: Account,
  accountId: AccountId,
  { fields, ...facts }: Amendment & { readonly name: string },
  { nameHolder }: NameHolder,
): Decision<AccountFact, Refusal<'account-exists'>> => {
  if (account.status !== 'none') return nameTaken(account.accountId);
  if (nameHolder !== undefined) return nameTaken(nameHolder);
  const opened = { ...noFacts, ...pick(facts, keysOf(facts)), fields: valuesAfter({}, fields.published) };
  const texts = Object.entries(fields.texts).filter(([, text]) => text !== null);
  const decision = decided(
    accountOpened.of(
      { accountId, leadId: null, opening: null, facts: opened },
      texts.length === 0 ? {} : { confidential: { texts: Object.fromEntries(texts) } },
    ),
  );
  return { ...decision, claims: [nameClaim(facts.name)] };
};
