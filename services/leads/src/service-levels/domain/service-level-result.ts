import { instant, repId, type Instant, type RepId } from '@meilenstein/kernel';
import * as z from 'zod';
import { reportedDeadlineOf, waitedMillis, type ServiceLevelState } from './service-level.ts';

/** The times of one service level: its deadline, its answer and its end. */
const serviceLevelTimes = z.object({
  /** during a pause the one from before it; null if the hours hold no working time within two years */
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

/** The result of a service level, with its market and the owner to whom it is attributed. */
export const serviceLevelResult = serviceLevelTimes.extend({
  /** country code; null if unknown */
  market: z.string().nullable(),
  ownerId: repId.nullable(),
});
export type ServiceLevelResult = z.infer<typeof serviceLevelResult>;

/** A former owner during a service level, and until when; null: the lead had no owner. */
export const formerOwner = z.object({ repId: repId.nullable(), until: instant });
type FormerOwner = z.infer<typeof formerOwner>;

type Owned = { readonly state: ServiceLevelState; readonly market: string | null; readonly formerOwners: readonly FormerOwner[] };
type Owner = { readonly repId: RepId } | null;

/** The owner at an instant; a change of owner at that very instant does not count. Without an instant it is the current owner. */
const ownerAt = ({ formerOwners }: Pick<Owned, 'formerOwners'>, owner: Owner, at: Instant | null): RepId | null => {
  const former = at === null ? undefined : formerOwners.find(({ until }) => at <= until);
  return former === undefined ? (owner?.repId ?? null) : former.repId;
};

/** The result so far, attributed to the owner at the deadline. */
export const resultOf = (serviceLevel: Owned, owner: Owner): ServiceLevelResult => {
  const times = timesOf(serviceLevel.state);
  return { ...times, market: serviceLevel.market, ownerId: ownerAt(serviceLevel, owner, times.dueAt) };
};
