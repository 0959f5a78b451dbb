import { instant, repId, type Instant, type RepId } from '@meilenstein/kernel';
import * as z from 'zod';
import { reportedDeadlineOf, waitedMillis, type ServiceLevelState } from './service-level.ts';

/** How one promise stands: when it is due, and what became of it. */
const serviceLevelTimes = z.object({
  /** while we wait for the customer the one from before that; null where nobody works within two years */
  dueAt: instant.nullable(),
  answeredAt: instant.nullable(),
  /** working time from the start to the answer */
  waitedMillis: z.int().nullable(),
  endedAt: instant.nullable(),
});
export type ServiceLevelTimes = z.infer<typeof serviceLevelTimes>;

export const timesOf = (state: ServiceLevelState): ServiceLevelTimes => ({
  dueAt: reportedDeadlineOf(state),
  answeredAt: state.answeredAt,
  waitedMillis: state.answeredAt === null ? null : waitedMillis(state, state.answeredAt),
  endedAt: state.endedAt,
});

/** How a promise stands for whom, and in which market. */
export const serviceLevelResult = serviceLevelTimes.extend({
  /** country code; null if unknown */
  market: z.string().nullable(),
  ownerId: repId.nullable(),
});
export type ServiceLevelResult = z.infer<typeof serviceLevelResult>;

/** Who had a lead while something was promised to it, and until when; null: nobody. */
export const formerOwner = z.object({ repId: repId.nullable(), until: instant });
type FormerOwner = z.infer<typeof formerOwner>;

type Owned = { readonly state: ServiceLevelState; readonly market: string | null; readonly formerOwners: readonly FormerOwner[] };
type Owner = { readonly repId: RepId } | null;

/** Whoever got it at that very instant had no time to answer. Where nothing is due the present owner counts. */
const ownerAt = ({ formerOwners }: Pick<Owned, 'formerOwners'>, owner: Owner, at: Instant | null): RepId | null => {
  const former = at === null ? undefined : formerOwners.find(({ until }) => at <= until);
  return former === undefined ? (owner?.repId ?? null) : former.repId;
};

/** A promise as it stands now, for whoever had the lead at the deadline, whoever has it since. */
export const resultOf = (serviceLevel: Owned, owner: Owner): ServiceLevelResult => {
  const times = timesOf(serviceLevel.state);
  return { ...times, market: serviceLevel.market, ownerId: ownerAt(serviceLevel, owner, times.dueAt) };
};
