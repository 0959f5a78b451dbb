import type { Evidence } from './evidence.ts';
import type { OpportunityHistory } from './history.ts';
import type { Change, NodeForecast } from './result.ts';

export const explainChange = (
  _evidence: Evidence,
  about: { before: { today: number; forecast: NodeForecast }; after: NodeForecast; today: number; startMonth: number; teamIds?: readonly string[] },
  _touched: readonly OpportunityHistory[],
): Change => ({ difference: about.after.mean - about.before.forecast.mean, won: 0, lost: 0, milestoneMoves: 0, ageing: 0, arrived: 0, amended: 0, recalibration: 0 });
