import type { Instant, ProcessId, RepId } from '@meilenstein/kernel';
import type { Key } from '@meilenstein/runtime';

/** The only strings with `#` in this service. */
export const prefixes = { process: 'PROCESS', opportunity: 'OPPORTUNITY' } as const;

/** The partition of all processes, of which there are few. */
export const processPartition = 'PROCESSES';
export const byPublication = (publishedAt: string, id: string): string => `${publishedAt}#${id}`;
export const publishedId = (sort: string): string => sort.slice(sort.indexOf('#') + 1);

/** How long customers of each process take, as forecast measured it. */
export const dwellPartition = 'DWELLS';
export const dwellKey = (id: ProcessId): Key => ({ pk: dwellPartition, sk: id });

/** gsi1: the opportunities of an owner by opening. gsi2: the same by status; those that are closed by the time they were closed. */
export const ownerPartition = (owner: RepId): string => `OWNER#${owner}`;
export const ownerStatusPartition = (owner: RepId, status: string): string => `OWNER#${owner}#${status}`;
export const byOpening = (openedAt: Instant, id: string): string => `${openedAt}#${id}`;

/** Counts of orders by the class of their amount, in shards by the last character of the id, so that no item is hot. */
export const orderHistoryPartition = 'ORDER-HISTORY';
export const orderHistoryShard = (opportunityId: string): Key => ({ pk: orderHistoryPartition, sk: opportunityId.slice(-1) });
