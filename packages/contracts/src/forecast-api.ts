import { day, instant, moneyText } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineApi } from './define-api.ts';
import { node } from './fragments.ts';

/** The final shape; the engine behind it grows. */
export const forecastView = z.object({
  node,
  window: z.object({ kind: z.enum(['month', 'quarter']), label: z.string(), from: day, until: day }),
  asOf: instant,
  mean: moneyText,
  p10: moneyText,
  p50: moneyText,
  p90: moneyText,
  /** mean = booked + existing + future, to the cent */
  booked: moneyText,
  existing: z.object({
    total: moneyText,
    /** the total, by the last milestone the customer reached; null: none yet */
    byMilestone: z.array(
      z.object({
        processId: z.string(),
        milestoneId: z.string().nullable(),
        opportunities: z.int().nonnegative(),
        /** open ones without an amount; they are valued at the mean order */
        withoutAmount: z.int().nonnegative(),
        expected: moneyText,
      }),
    ),
  }),
  future: moneyText,
  /** false until 20 wins and 3 ended windows are known: the interval is wide and nobody should plan on it */
  enoughFacts: z.boolean(),
  /** what the figures stand on */
  basis: z.object({ wins: z.int().nonnegative(), endedWindows: z.int().nonnegative(), recordedUntil: instant.nullable() }),
});
export type ForecastView = z.infer<typeof forecastView>;

export const forecastApi = defineApi({
  service: 'forecast',
  routes: {
    'GET /forecasts': {
      summary: 'What will be won in the current month or quarter, from the customers’ milestones alone.',
      roles: ['rep', 'manager', 'operations', 'finance', 'admin'],
      query: z.object({
        level: z.enum(['company', 'team', 'rep']).default('company'),
        /** team or rep id; `company` for the company */
        key: z.string().min(1).max(80).default('company'),
        window: z.enum(['month', 'quarter']).default('month'),
        /** a snapshot of that day instead of now */
        snapshot: day.optional(),
      }),
      answers: { 200: forecastView },
      refusals: { 'node-is-unknown': 404, 'snapshot-is-unknown': 404, 'settings-are-missing': 422 },
    },
  },
});
