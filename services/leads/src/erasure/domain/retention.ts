import { retentionPublished, type Happened, type RetentionFact } from '@meilenstein/contracts';
import { addMillis, decided, type Decision, type Instant } from '@meilenstein/kernel';
import * as z from 'zod';
import { fullProfile, type Lead } from '../../lead/domain/lead.ts';

/** For each status, how many days after its last touchpoint a lead is erased; a status that is not named is kept. */
export const retention = z.object({ version: z.int().nonnegative(), days: z.record(z.string(), z.int().positive().nullable()) });
export type Retention = z.infer<typeof retention>;

/** Nothing is erased until retention rules are published. */
export const noRetention: Retention = { version: 0, days: {} };

export const evolveRetention = (_before: Retention, fact: Happened<RetentionFact>): Retention => fact.data;

export const publishRetention = (before: Retention, days: Retention['days']): Decision<RetentionFact, never> =>
  decided(retentionPublished.of({ version: before.version + 1, days }));

const dayMillis = 24 * 3600_000;

/** Whether a lead is past its retention time, counted from its last touchpoint or its capture. */
export const isPastRetention = (lead: Lead, { days }: Retention, now: Instant): boolean => {
  if (lead.status === 'none' || lead.status === 'erased' || lead.status === 'merged') return false;
  // Older rules do not name the later statuses; such leads were called new then.
  const most = (Object.hasOwn(days, lead.status) ? days[lead.status] : days['new']) ?? null;
  const last = fullProfile(lead).touches.reduce<string>((latest, { at }) => (at > latest ? at : latest), lead.capturedAt);
  return most !== null && last <= addMillis(now, -most * dayMillis);
};
