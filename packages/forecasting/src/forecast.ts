import { asItIs, type ForecastRequest, type ForecastInput, type WhatIf } from './input/forecast-input.ts';
import { forecastSituation } from './input/forecast-situation.ts';
import type { Forecast } from './result.ts';
import { situationOf } from './input/situation-of-input.ts';

/**
 * The forecast of every node for every window asked, in whole minor units. Deterministic: the same input gives the same figures to the
 * last digit, in whatever order its lists come. No probability, category or closing date enters: there is no such input.
 */
export const forecast = (input: ForecastInput, asked: ForecastRequest, whatIf: WhatIf = asItIs): Forecast => ({
  today: asked.today,
  nodes: forecastSituation(situationOf(input, asked), asked, whatIf),
});
