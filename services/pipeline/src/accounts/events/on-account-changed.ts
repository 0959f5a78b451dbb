import { pipelineOnAccountChanged, type Origin, type ReceivedBy } from '@meilenstein/contracts';
import { accountId, type AccountId } from '@meilenstein/kernel';
import { companyAccountId, foldEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import type { PipelineDeps } from '../../live-pipeline.ts';
import { addContact } from '../domain/contact.ts';
import { absorbAccount, becomeAbsorbed } from '../domain/merge-accounts.ts';
import { openAccount, type OpenedOpportunity } from '../domain/open-account.ts';
import { timelineEntries, type AccountEvent } from '../domain/timeline-entry.ts';
import { contactOfLead } from '../store/contact-store.ts';

type Opened = Extract<ReceivedBy<typeof pipelineOnAccountChanged>, { readonly name: 'OpportunityOpened' }>;

const isOpened = (event: AccountEvent): event is Opened => event.name === 'OpportunityOpened';

const openingOf = ({ data: { opportunityId, openedAt, account, leadId, repId } }: Opened): OpenedOpportunity => ({
  opportunityId,
  openedAt,
  account,
  leadId,
  repId,
});

/**
 * The account is known by its name alone, and another account has that name or had it before: they are one. An id of an imported account is
 * more than the name, and two companies may have the same one.
 */
const mergeByName = async ({ stores: { accounts } }: PipelineDeps, id: AccountId, name: string): Promise<void> => {
  if (companyAccountId(name) !== id) return;
  const holder = await accounts.holderOfName(name);
  const [opened, found] = [await accounts.find(id), holder === undefined ? undefined : await accounts.find(accountId.parse(holder))];
  const remaining =
    found === undefined ? undefined : (await accounts.findRemaining([found.account.accountId])).get(found.account.accountId);
  if (opened === undefined || remaining === undefined || remaining.account.accountId === id) return;
  await accounts.changeTogether([
    { id: remaining.account.accountId, decide: (state) => absorbAccount(state, opened.account) },
    { id, expectedVersion: opened.version, decide: (state) => becomeAbsorbed(state, remaining.account) },
  ]);
};

/** Opens the accounts of opportunities. Only the earliest of a batch can be the opening. */
const openAccounts = async (deps: PipelineDeps, events: readonly Opened[], origin: Origin): Promise<void> => {
  const { accounts, contacts } = deps.stores;
  const earliest = Map.groupBy(
    events.toSorted((a, b) => (a.data.openedAt < b.data.openedAt ? -1 : 1)),
    ({ data }) => data.account.id,
  );
  const entries = [...earliest].flatMap(([id, [first]]) => (first === undefined ? [] : [{ id, opened: openingOf(first) }]));
  const results = await accounts.changeMany<never>(
    entries.map(({ id, opened }) => ({ id, decide: (account) => openAccount(account, opened, true) })),
    origin,
  );
  for (const [index, { id, opened }] of entries.entries()) {
    const result = results[index];
    if (result === undefined || !('taken' in result)) continue;
    await accounts.changeMany<never>([{ id, decide: (account) => openAccount(account, opened) }], origin);
    await mergeByName(deps, id, opened.account.name ?? '');
  }
  const people = new Map(
    events.flatMap(({ data: { leadId, account, openedAt } }) =>
      leadId === null ? [] : [[contactOfLead(leadId), { leadId, account, openedAt }]],
    ),
  );
  await contacts.changeMany<never>(
    [...people].map(([contactId, { leadId, account, openedAt }]) => ({
      id: contactId,
      decide: (contact) =>
        addContact(contact, {
          contactId,
          accountId: account.id,
          leadId,
          role: 'unknown',
          consent: 'unknown',
          person: {},
          addedAt: openedAt,
        }),
    })),
    origin,
  );
};

/** The account of an event; undefined where the opportunity is not known. */
const accountOf = async ({ stores }: PipelineDeps, event: AccountEvent): Promise<AccountId | undefined> => {
  if ('account' in event.data) return event.data.account.id;
  if ('accountId' in event.data) return event.data.accountId;
  return (await stores.opportunities.find(event.data.opportunityId))?.opportunity.dimensions.account.id;
};

/**
 * Opens the accounts of opportunities, adds the people behind converted leads as contacts, and keeps the timelines. All of it depends on
 * the events alone, so they may come in any order and more than once; republished ones make the accounts of older opportunities.
 */
export const onAccountChanged = (deps: PipelineDeps, consumer: EventConsumerDeps) =>
  foldEvents(
    pipelineOnAccountChanged,
    async (events) => {
      const opened = events.filter(isOpened);
      for (const [origin, some] of Map.groupBy(opened, (event) => event.origin)) await openAccounts(deps, some, origin);
      const links = opened.map(({ data }) => ({ accountId: data.account.id, opportunityId: data.opportunityId }));
      await deps.stores.accounts.linkOpportunities([...new Map(links.map((link) => [link.opportunityId, link])).values()]);
      const entries = await Promise.all(
        events.map(async (event) => {
          const id = await accountOf(deps, event);
          return id === undefined ? [] : timelineEntries(event, id);
        }),
      );
      await deps.stores.timelines.record([...new Map(entries.flat().map((entry) => [entry.entryId, entry])).values()]);
    },
    consumer,
  );
