import { itemLimits, type AccountFact, type AccountFacts, type Happened } from '@meilenstein/contracts';
import { normalisedCompany, type AccountId, type Claim, type Instant, type LeadId, type OpportunityId } from '@meilenstein/kernel';

/** The opportunity by which an account came to be known. */
export type Opening = { readonly opportunityId: OpportunityId; readonly openedAt: Instant };

/** An account that turned out to be the same customer; `parts` are those that it had taken over itself. */
type AbsorbedAccount = { readonly accountId: AccountId; readonly name: string | null; readonly parts: readonly AccountId[] };

export type ExistingAccount = {
  readonly status: 'active' | 'merged';
  readonly accountId: AccountId;
  /** the lead of the natural person who is the customer */
  readonly leadId: LeadId | null;
  /** null where somebody opened the account by hand */
  readonly opening: Opening | null;
  readonly openedAt: Instant;
  readonly facts: AccountFacts;
  /** texts of the fields that the company has added; confidential */
  readonly texts: Readonly<Record<string, string>>;
  /** the newest last */
  readonly formerNames: readonly string[];
  /** facts that somebody has changed: an opportunity that becomes known later does not change them back */
  readonly amended: readonly string[];
  readonly absorbed: readonly AbsorbedAccount[];
  readonly mergedInto: AccountId | null;
};

export type Account = { readonly status: 'none' } | ExistingAccount;

/** A company's name, and each that it had before, belongs to one account: whoever names the company means that account. */
export const nameClaim = (name: string): Claim => ({ kind: 'account-name', value: normalisedCompany(name) });

export const noAccount: Account = { status: 'none' };

export const noFacts: AccountFacts = {
  name: null,
  parentId: null,
  domain: null,
  industry: null,
  employees: null,
  country: null,
  territory: null,
  owner: null,
  team: [],
  channel: 'direct',
  fields: {},
};

/** All accounts whose opportunities, contacts and timeline are those of an account: itself and what it has taken over. */
export const partsOf = ({ accountId, absorbed }: ExistingAccount): readonly AccountId[] => [
  accountId,
  ...absorbed.flatMap((one) => [one.accountId, ...one.parts]),
];

/** The company's earlier names, and those of the accounts that it has taken over. */
export const formerNamesOf = ({ facts, formerNames, absorbed }: ExistingAccount): readonly string[] => [
  ...new Set([...formerNames, ...absorbed.flatMap(({ name }) => name ?? [])].filter((name) => name !== facts.name)),
];

/** Whether the customer is a natural person, whose name is with the lead only. */
export const isPrivate = ({ facts }: ExistingAccount): boolean => facts.name === null;

type Amended = Extract<AccountFact, { name: 'AccountAmended' }>;

const definedFacts = (facts: Amended['data']['after']): Partial<AccountFacts> =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));

const textsAfter = (before: ExistingAccount['texts'], { data, confidential }: Amended): ExistingAccount['texts'] => {
  const changed = Object.entries(confidential?.texts ?? {}).flatMap(([id, text]) => (text === null ? [] : [[id, text] as const]));
  const kept = Object.entries(before).filter(([id]) => !data.texts.includes(id));
  return Object.fromEntries([...kept, ...changed]);
};

const amend = (before: ExistingAccount, fact: Amended): ExistingAccount => {
  const { after, opening } = fact.data;
  const facts = { ...before.facts, ...definedFacts(after) };
  const former = opening === undefined && facts.name !== before.facts.name ? before.facts.name : null;
  const names = former === null ? before.formerNames : [...before.formerNames, former];
  return {
    ...before,
    facts,
    opening: opening ?? before.opening,
    openedAt: opening?.openedAt ?? before.openedAt,
    texts: textsAfter(before.texts, fact),
    formerNames: names.filter((name) => name !== facts.name).slice(-itemLimits.formerNames),
    amended: opening === undefined ? [...new Set([...before.amended, ...Object.keys(definedFacts(after))])].toSorted() : before.amended,
  };
};

export const evolveAccount = (before: Account, fact: Happened<AccountFact>): Account => {
  if (fact.name === 'AccountOpened') {
    const { accountId, leadId, opening, facts } = fact.data;
    const texts = Object.entries(fact.confidential?.texts ?? {}).flatMap(([id, text]) => (text === null ? [] : [[id, text] as const]));
    return {
      status: 'active',
      accountId,
      leadId,
      opening,
      openedAt: opening?.openedAt ?? fact.occurredAt,
      facts,
      texts: Object.fromEntries(texts),
      formerNames: [],
      amended: [],
      absorbed: [],
      mergedInto: null,
    };
  }
  if (before.status === 'none') return before;
  switch (fact.name) {
    case 'AccountAmended':
      return amend(before, fact);
    case 'AccountMerged': {
      const { absorbed: accountId, name, parts } = fact.data;
      return { ...before, absorbed: [...before.absorbed, { accountId, name, parts }] };
    }
    case 'AccountAbsorbed':
      return { ...before, status: 'merged', mergedInto: fact.data.into };
    case 'AccountMergeUndone':
      return { ...before, absorbed: before.absorbed.filter(({ accountId }) => accountId !== fact.data.absorbed) };
    case 'AccountRestored':
      return { ...before, status: 'active', mergedInto: null };
    case 'AccountTextsErased':
      return { ...before, texts: {} };
  }
};
