import { asItIs, type Asked, type Evidence, type WhatIf } from './input/evidence.ts';
import { forecastSituation } from './input/forecast-situation.ts';
import type { Forecast } from './result.ts';
import { situationOf } from './input/situation-of-evidence.ts';

/**
 * The forecast of every node for every window asked, in whole minor units. Deterministic: the same evidence gives the same figures to the
 * last digit, in whatever order its lists come. No probability, category or closing date enters: there is no such input.
 */
export const forecast = (evidence: Evidence, asked: Asked, whatIf: WhatIf = asItIs): Forecast => ({
  today: asked.today,
  nodes: forecastSituation(situationOf(evidence, asked), asked, whatIf),
});
