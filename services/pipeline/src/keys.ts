import type { AccountId, ContactId, Instant, OpportunityId, ProcessId, RepId } from '@meilenstein/kernel';
import type { Key } from '@meilenstein/runtime';

/** The only strings with `#` in this service. */
export const prefixes = {
  process: 'PROCESS',
  opportunity: 'OPPORTUNITY',
  account: 'ACCOUNT',
  contact: 'CONTACT',
  accountFields: 'ACCOUNT-FIELDS',
} as const;

/** The partition of all processes, of which there are few. */
export const processPartition = 'PROCESSES';
export const byPublication = (publishedAt: string, id: string): string => `${publishedAt}#${id}`;
export const publishedId = (sort: string): string => sort.slice(sort.indexOf('#') + 1);

/** How long customers of each process take, as forecast measured it. */
export const dwellPartition = 'DWELLS';
export const dwellKey = (id: ProcessId): Key => ({ pk: dwellPartition, sk: id });

/** The segments that leads published last. */
export const segmentsKey: Key = { pk: 'SEGMENTS', sk: 'MARKET' };

/** gsi1: the opportunities of an owner by opening. gsi2: the same by status; those that are closed by the time they were closed. */
export const ownerPartition = (owner: RepId): string => `OWNER#${owner}`;
export const ownerStatusPartition = (owner: RepId, status: string): string => `OWNER#${owner}#${status}`;
export const byOpening = (openedAt: Instant, id: string): string => `${openedAt}#${id}`;

/** Counts of orders by the class of their amount, in shards by the last character of the id, so that no item is hot. */
export const orderHistoryPartition = 'ORDER-HISTORY';
export const orderHistoryShard = (opportunityId: string): Key => ({ pk: orderHistoryPartition, sk: opportunityId.slice(-1) });

/** gsi1: the accounts of an owner, by name; those without an owner have a partition of their own. */
export const accountsOfOwner = (owner: RepId | null): string => (owner === null ? 'ACCOUNTS' : `ACCOUNTS#${owner}`);
export const byAccountName = (name: string | null, id: AccountId): string => `${name?.toLowerCase() ?? ''}#${id}`;

/** The accounts with which a rep works without owning them. */
export const accountsOfMember = (member: RepId): string => `ACCOUNT-MEMBER#${member}`;
export const memberKey = (member: RepId, id: AccountId): Key => ({ pk: accountsOfMember(member), sk: id });

/** Which opportunities belong to an account. */
export const opportunitiesOfAccount = (id: AccountId): string => `ACCOUNT-OPPORTUNITIES#${id}`;
export const accountOpportunityKey = (id: AccountId, opportunity: OpportunityId): Key => ({
  pk: opportunitiesOfAccount(id),
  sk: opportunity,
});

/** What happened with an account, by the time at which it happened. */
export const timelinePartition = (id: AccountId): string => `TIMELINE#${id}`;
export const byOccurrence = (occurredAt: Instant, entryId: string): string => `${occurredAt}#${entryId}`;

/** gsi1: the contacts of an account, in the order in which they were added. gsi2: all contacts, for search, in shards by the last character. */
export const contactsOfAccount = (id: AccountId): string => `CONTACTS#${id}`;
export const byAddition = (addedAt: Instant, id: ContactId): string => `${addedAt}#${id}`;
const idCharacters = '0123456789abcdefghjkmnpqrstvwxyz';
const contactShard = (character: string): string => `CONTACT-SHARD#${character}`;
export const shardOfContact = (id: ContactId): string => contactShard(id.slice(-1));
export const contactShards: readonly string[] = [...idCharacters].map(contactShard);

/** The one document with the fields that the company adds to accounts. */
export const accountFieldsId = 'company';
