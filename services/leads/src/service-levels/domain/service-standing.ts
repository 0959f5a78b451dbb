import { instant, repId, type Instant, type RepId } from '@meilenstein/kernel';
import * as z from 'zod';
import { bookedDeadlineOf, waitedMillis, type ServiceClock } from './service-level.ts';

/** How one promise stands: when it is due, and what became of it. */
const serviceStanding = z.object({
  /** while we wait for the customer the one from before that; null where nobody works within two years */
  dueAt: instant.nullable(),
  answeredAt: instant.nullable(),
  /** working time from the start to the answer */
  waitedMillis: z.int().nullable(),
  endedAt: instant.nullable(),
});
export type ServiceStanding = z.infer<typeof serviceStanding>;

export const standingOf = (clock: ServiceClock): ServiceStanding => ({
  dueAt: bookedDeadlineOf(clock),
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

/** Who had a lead while something was promised to it, and until when; null: nobody. */
export const formerOwner = z.object({ repId: repId.nullable(), until: instant });
type FormerOwner = z.infer<typeof formerOwner>;

type Service = { readonly clock: ServiceClock; readonly market: string | null; readonly formerOwners: readonly FormerOwner[] };
type Owner = { readonly repId: RepId } | null;

/** Whoever got it at that very instant had no time to answer. Where nothing is due the present owner counts. */
const ownerAt = ({ formerOwners }: Pick<Service, 'formerOwners'>, owner: Owner, at: Instant | null): RepId | null => {
  const former = at === null ? undefined : formerOwners.find(({ until }) => at <= until);
  return former === undefined ? (owner?.repId ?? null) : former.repId;
};

/** A promise as it stands now, for whoever had the lead at the deadline, whoever has it since. */
export const settled = (service: Service, owner: Owner): SettledPromise => {
  const standing = standingOf(service.clock);
  return { ...standing, market: service.market, ownerId: ownerAt(service, owner, standing.dueAt) };
};
