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

/** The query of the list of opportunities behind a line, so that the list shows what the line counts. */
export const listOf = (
  { level, key }: Forecast['node'],
  { processId, milestoneId }: Pick<ByMilestone, 'processId' | 'milestoneId'>,
): Readonly<Record<string, string>> => ({
  view: 'list',
  process: processId,
  reached: milestoneId ?? 'none',
  ...(level === 'team' ? { team: key } : level === 'rep' ? { owner: key } : level === 'segment' ? { segment: key } : {}),
});
