import type { EarlierForecast } from '../input/forecast-input.ts';
import type { TrainingExample } from './learned-parameters.ts';
import { nodesOver } from '../input/nodes.ts';
import { wonByCell } from '../baselines/outcome-series.ts';
import type { Node } from '../input/node.ts';
import type { ForecastRequest } from '../input/forecast-input.ts';
import type { Situation } from '../input/situation.ts';

const keyOf = ({ level, key }: Node): string => `${level} ${key}`;

/** The earlier forecasts whose windows have ended, with the actual of the days that were unknown when they were made. */
export const withActuals = (
  situation: Pick<Situation, 'orders' | 'cells' | 'today'>,
  past: readonly EarlierForecast[],
  teams: ForecastRequest['teams'] = [],
): readonly TrainingExample[] => {
  const ended = past.filter(({ window }) => window.until <= situation.today);
  if (ended.length === 0) return [];
  const cellsOf = new Map(nodesOver(situation.cells, () => true, teams).map(({ node, cells }) => [keyOf(node), cells]));
  const spans = new Map<string, Float64Array>();
  return ended.map((one) => {
    const span = `${one.origin} ${one.window.until}`;
    const won = spans.get(span) ?? wonByCell(situation.orders, situation.cells.length, one.origin, one.window.until);
    spans.set(span, won);
    return { ...one, actual: (cellsOf.get(keyOf(one.node)) ?? []).reduce((sum, cell) => sum + (won[cell] ?? 0), 0) };
  });
};
