import type { Envelope } from '@meilenstein/contracts';
import { count } from '@meilenstein/runtime';

/** The metric of leads for which no rep was eligible. */
export const countQueued = (events: readonly Envelope[]): void => {
  if (events.some((event) => event.name === 'LeadQueued')) count('LeadQueued');
};
