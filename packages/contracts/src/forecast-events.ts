import { currency, day, instant } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineEvent, type EnvelopeOf, type FactOf } from './define-event.ts';
import { node } from './fragments.ts';
import { milestoneId } from './pipeline-events.ts';

/** One forecast: a distribution of what will be won in a window, in minor units of the reporting currency. */
export const forecastFigures = z.object({
  mean: z.int(),
  p10: z.int(),
  p50: z.int(),
  p90: z.int(),
  /** won already inside the window; booked + existing + future = mean */
  booked: z.int(),
  existing: z.int(),
  future: z.int(),
});
export type ForecastFigures = z.infer<typeof forecastFigures>;

/** Open opportunities at one milestone; `expected` in minor units. */
export const existingAtMilestone = z.object({
  processId: z.string().min(1),
  milestoneId: milestoneId.nullable(),
  opportunities: z.int().nonnegative(),
  withoutAmount: z.int().nonnegative(),
  expected: z.int(),
});

export const forecastPublished = defineEvent({
  name: 'ForecastPublished',
  owner: 'forecast',
  version: 1,
  meaning: 'The forecast of one node for one window as it was on a day; it is never changed.',
  data: z.object({
    /** the day of the snapshot, in the company's zone */
    day,
    asOf: instant,
    node,
    window: z.object({ kind: z.enum(['month', 'quarter']), label: z.string(), from: day, until: day }),
    currency,
    figures: forecastFigures,
    enoughFacts: z.boolean(),
    /** `existing` by the last milestone the customer reached; null: none yet */
    existingByMilestone: z.array(existingAtMilestone),
    basis: z.object({ wins: z.int().nonnegative(), endedWindows: z.int().nonnegative(), recordedUntil: instant.nullable() }),
  }),
});

export const forecastEvents = [forecastPublished] as const;
export type ForecastEnvelope = EnvelopeOf<typeof forecastPublished>;
export type ForecastFact = FactOf<typeof forecastPublished>;
