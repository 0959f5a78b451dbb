import { membershipsOf, monthsIn, targetOf, type forecastView } from '@meilenstein/contracts';
import { fromMoney, periodOf, type Currency } from '@meilenstein/kernel';
import type * as z from 'zod';
import type { Change } from '@meilenstein/forecasting/result';
import type { CompanyAsOf } from '../domain/company-as-of.ts';
import { partsOf } from '../domain/describe-forecast.ts';
import type { PublishedForecast } from '../../snapshots/domain/publish-snapshot.ts';
import type { ValueGap } from '../../pipeline-view/domain/value-gaps.ts';
import { requiredOpportunities } from '../domain/required-opportunities.ts';
import type { Targets } from '../../targets/store/target-store.ts';

type View = z.input<typeof forecastView>;

/** Minor units of a currency as text. */
export const inMoney = (currency: Currency) => (minor: number) => fromMoney({ minor, currency });

/** The target of a window in minor units. A week has none, because targets are set by month. */
export const quotaOf = (
  targets: readonly Targets[],
  { company, calendar }: Pick<CompanyAsOf, 'company' | 'calendar'>,
  { node, window: { kind, from } }: Pick<PublishedForecast, 'node' | 'window'>,
): number | null => {
  if (kind === 'week') return null;
  const period = periodOf(calendar, kind, from);
  return monthsIn(calendar, period).length === 0 ? null : targetOf(targets, calendar, period, membershipsOf(company, node));
};

export type Explained = { readonly since: PublishedForecast; readonly change: Change };

type About = { readonly quota: number | null; readonly explained: Explained | null; readonly gaps?: readonly ValueGap[] };

/** A published or present forecast in the form of the API. */
export const viewOf = (published: PublishedForecast, { quota, explained, gaps }: About): View => {
  const { node, window, asOf, currency, figures, existingByMilestone, enoughFacts, basis, method } = published;
  const text = inMoney(currency);
  const gap = quota === null ? null : quota - figures.mean;
  const required = requiredOpportunities(gap, Math.max(0, Math.round(method?.worthOfNew ?? 0)));
  return {
    node,
    window,
    asOf,
    mean: text(figures.mean),
    p10: text(figures.p10),
    p50: text(figures.p50),
    p90: text(figures.p90),
    booked: text(figures.booked),
    existing: {
      total: text(figures.existing),
      byMilestone: existingByMilestone.map((one) => ({ ...one, expected: text(one.expected) })),
    },
    future: text(figures.future),
    quota: quota === null ? null : text(quota),
    gap: gap === null ? null : text(gap),
    requiredNewOpportunities: required === null ? null : { count: required.count, worthOfOne: text(required.worthOfOne) },
    enoughFacts,
    basis,
    ...(gaps === undefined || gaps.length === 0 ? {} : { gaps: gaps.map((gap) => ({ ...gap })) }),
    change: explained === null ? null : changeView(explained, text),
  };
};

const changeView = ({ since, change }: Explained, text: ReturnType<typeof inMoney>): NonNullable<View['change']> => {
  const { won, lost, milestoneMoves, ageing, amended, recalibration, ...parts } = partsOf(change);
  return {
    since: since.day,
    before: text(since.figures.mean),
    difference: text(change.difference),
    parts: {
      won: text(won),
      lost: text(lost),
      milestoneMoves: text(milestoneMoves),
      ageing: text(ageing),
      amended: text(amended),
      new: text(parts.new),
      recalibration: text(recalibration),
    },
  };
};
