import { asItIs, type ForecastRequest, type ForecastInput, type WhatIf } from './input/forecast-input.ts';
import { forecastWindows } from './input/forecast-situation.ts';
import type { Forecast } from './result.ts';
import { openOn, situationOf } from './input/situation-of-input.ts';

/**
 * The forecast of every node for every requested window, in whole minor units. Deterministic: the same input gives the same figures to the
 * last digit, in any order of its lists. There is no probability, category or closing date in the input.
 */
export const forecast = (input: ForecastInput, request: ForecastRequest, whatIf: WhatIf = asItIs): Forecast => {
  const windows = forecastWindows(situationOf(input, request), request, whatIf);
  return {
    today: request.today,
    nodes: windows.flatMap(({ nodes }) => nodes),
    expectedOf: (kind) => {
      const expected = windows.find(({ window }) => window.kind === kind)?.expected();
      return expected === undefined
        ? []
        : openOn(input.open, request.today).map((one, index) => ({ ...one, expected: expected[index] ?? 0 }));
    },
  };
};
