import { instant, repId, type RepId } from '@meilenstein/kernel';
import * as z from 'zod';
import { deadlineOf, waitedMillis, type ServiceClock } from './service-level.ts';

/** How one promise stands: when it is due, and what became of it. */
export const serviceStanding = z.object({
  /** null while we wait for the customer */
  dueAt: instant.nullable(),
  answeredAt: instant.nullable(),
  /** working time from the start to the answer */
  waitedMillis: z.int().nullable(),
  endedAt: instant.nullable(),
});
export type ServiceStanding = z.infer<typeof serviceStanding>;

export const standingOf = (clock: ServiceClock): ServiceStanding => ({
  dueAt: deadlineOf(clock),
  answeredAt: clock.answeredAt,
  waitedMillis: clock.answeredAt === null ? null : waitedMillis(clock, clock.answeredAt),
  endedAt: clock.endedAt,
});

/** How a promise stands for whom, and in which market. */
export const settledPromise = serviceStanding.extend({
  /** country code; null where nobody knows it */
  market: z.string().nullable(),
  ownerId: repId.nullable(),
});
export type SettledPromise = z.infer<typeof settledPromise>;

type Service = { readonly clock: ServiceClock; readonly market: string | null };
type Owner = { readonly repId: RepId } | null;

/** A promise as it stands now. */
export const settled = ({ clock, market }: Service, owner: Owner): SettledPromise => ({
  ...standingOf(clock),
  market,
  ownerId: owner?.repId ?? null,
});
