import type { Instant, RepId } from '@meilenstein/kernel';

/** The only strings with `#` in this service. */
export const prefixes = { process: 'PROCESS', opportunity: 'OPPORTUNITY' } as const;

/** The partition of all processes, of which there are few. */
export const processPartition = 'PROCESSES';
export const byPublication = (publishedAt: string, id: string): string => `${publishedAt}#${id}`;
export const publishedId = (sort: string): string => sort.slice(sort.indexOf('#') + 1);

/** gsi1: the opportunities of an owner. gsi2: the same by status. */
export const ownerPartition = (owner: RepId): string => `OWNER#${owner}`;
export const ownerStatusPartition = (owner: RepId, status: string): string => `OWNER#${owner}#${status}`;
export const byOpening = (openedAt: Instant, id: string): string => `${openedAt}#${id}`;
