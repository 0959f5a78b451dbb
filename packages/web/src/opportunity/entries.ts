type Timed = { readonly occurredAt: string };
type Milestone = Timed & { readonly milestoneId: string; readonly position: number };
type Recorded<M, R> = { readonly status: string; readonly milestones: readonly M[]; readonly responses: readonly R[] };

/** Something that the customer did: with a milestone, or without one. */
export type Entry<M, R> =
  | { readonly milestone: M; readonly response?: undefined }
  | { readonly response: R; readonly milestone?: undefined };

const timeOf = (entry: Entry<Timed, Timed>): string => (entry.milestone === undefined ? entry.response : entry.milestone).occurredAt;

/** All that the customer did, the newest first. */
export const entriesOf = <M extends Milestone, R extends Timed>({ milestones, responses }: Recorded<M, R>): readonly Entry<M, R>[] => {
  const entries: readonly Entry<M, R>[] = [
    ...milestones.map((milestone) => ({ milestone })),
    ...responses.map((response) => ({ response })),
  ];
  return entries.toSorted((left, right) => (timeOf(left) < timeOf(right) ? 1 : -1));
};

/** The milestone that is the order; undefined where there is none. Its evidence goes with the order. */
export const orderMilestone = <M extends Milestone>({
  status,
  milestones,
}: Pick<Recorded<M, Timed>, 'status' | 'milestones'>): M | undefined =>
  status === 'won' || status === 'cancelled' ? milestones.toSorted((left, right) => right.position - left.position)[0] : undefined;
