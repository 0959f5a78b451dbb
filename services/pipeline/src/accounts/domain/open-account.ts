import { accountAmended, accountOpened, type Account as NamedAccount, type AccountFact, type AccountFacts } from '@meilenstein/contracts';
import { decided, type Decision, type LeadId, type RepId } from '@meilenstein/kernel';
import { nameClaim, noFacts, type Account, type ExistingAccount, type Opening } from './account.ts';

/** What an opportunity says about the account at which it was opened. */
export type OpenedOpportunity = Opening & { readonly account: NamedAccount; readonly leadId: LeadId | null; readonly repId: RepId };

const isEarlier = (a: Opening, b: Opening): boolean =>
  a.openedAt === b.openedAt ? a.opportunityId < b.opportunityId : a.openedAt < b.openedAt;

/** Name and owner as the earliest opportunity has them, without what somebody has changed since. */
const corrected = ({ facts, amended, leadId }: ExistingAccount, { account, repId }: OpenedOpportunity) => {
  const wanted: Partial<AccountFacts> = { ...(leadId === null && account.name !== null ? { name: account.name } : {}), owner: repId };
  const differs = (name: 'name' | 'owner'): boolean =>
    wanted[name] !== undefined && wanted[name] !== facts[name] && !amended.includes(name);
  const names = (['name', 'owner'] as const).filter(differs);
  return {
    before: Object.fromEntries(names.map((name) => [name, facts[name]])),
    after: Object.fromEntries(names.map((name) => [name, wanted[name]])),
  };
};

/**
 * Opens the account of an opportunity. Its name and its first owner are those of the earliest opportunity, in whichever order they become
 * known; what somebody has changed stays. An account that was opened by hand stays as it is. `isNameFree`: no account has the name yet.
 */
export const openAccount = (account: Account, opened: OpenedOpportunity, isNameFree = false): Decision<AccountFact, never> => {
  const { opportunityId, openedAt, leadId, repId } = opened;
  const opening = { opportunityId, openedAt };
  if (account.status === 'none') {
    const { name } = opened.account;
    const decision = decided(
      accountOpened.of(
        {
          accountId: opened.account.id,
          leadId: name === null ? leadId : null,
          opening,
          facts: { ...noFacts, name, owner: repId },
        },
        { occurredAt: openedAt },
      ),
    );
    return name === null || !isNameFree ? decision : { ...decision, claims: [nameClaim(name)] };
  }
  if (account.opening === null || !isEarlier(opening, account.opening)) return decided();
  return decided(accountAmended.of({ accountId: account.accountId, ...corrected(account, opened), texts: [], opening }));
};
