import type { Amount, Forecast } from './forecast-reading.ts';

type ByMilestone = Forecast['existing']['byMilestone'][number];

/** One line of the sum: booked, the open opportunities at one milestone, or future business. */
export type ForecastPart = { readonly id: string; readonly amount: Amount } & (
  | { readonly kind: 'booked' | 'future' }
  | ({ readonly kind: 'milestone' } & Omit<ByMilestone, 'expected'>)
);

/** The lines that add up to the mean, in the order in which business comes about: booked, then by milestone, then what is not known yet. */
export const partsOf = ({ booked, existing, future }: Pick<Forecast, 'booked' | 'existing' | 'future'>): readonly ForecastPart[] => [
  { id: 'booked', kind: 'booked', amount: booked },
  ...existing.byMilestone.map(({ expected, ...rest }): ForecastPart => ({
    id: `${rest.processId} ${rest.milestoneId ?? ''}`,
    kind: 'milestone',
    amount: expected,
    ...rest,
  })),
  { id: 'future', kind: 'future', amount: future },
];

/** What of the existing business is shown with its opportunities: everything, or what is at a milestone. */
export type PartOfExisting = 'all' | Pick<ByMilestone, 'processId' | 'milestoneId'>;

const withoutMilestone = 'none';

/** How a part stands in the address: `all`, or `direct:offer`. */
export const partId = (part: PartOfExisting): string =>
  part === 'all' ? part : `${part.processId}:${part.milestoneId ?? withoutMilestone}`;

/** The part of an address; undefined where there is none. */
export const partIn = (text: string | undefined): PartOfExisting | undefined => {
  const [processId, milestone] = text?.split(':') ?? [];
  if (processId === undefined || processId === '') return undefined;
  if (milestone === undefined) return processId === 'all' ? 'all' : undefined;
  return { processId, milestoneId: milestone === withoutMilestone ? null : milestone };
};

/** What the API is asked for a part. */
export const queryOf = (part: PartOfExisting): { readonly process?: string; readonly milestone?: string } =>
  part === 'all' ? {} : { process: part.processId, milestone: part.milestoneId ?? withoutMilestone };

/** The query of the list of opportunities behind a part, so that the list shows what the part counts. */
export const listOf = ({ level, key }: Forecast['node'], part: PartOfExisting): Readonly<Record<string, string>> => ({
  view: 'list',
  ...(part === 'all'
    ? level === 'process'
      ? { process: key }
      : {}
    : { process: part.processId, reached: part.milestoneId ?? withoutMilestone }),
  ...(level === 'team' ? { team: key } : level === 'rep' ? { owner: key } : level === 'segment' ? { segment: key } : {}),
});
