import type { PastForecast } from '../input/evidence.ts';
import type { Lesson } from './lessons.ts';
import { nodesOver } from '../input/nodes.ts';
import { wonByPlace } from '../baselines/outcome-series.ts';
import type { Node } from '../input/node.ts';
import type { Asked } from '../input/evidence.ts';
import type { Situation } from '../input/situation.ts';

const keyOf = ({ level, key }: Node): string => `${level} ${key}`;

/** Past forecasts whose windows have ended, with what came on the days that were unknown when they were made. */
export const withActuals = (
  situation: Pick<Situation, 'orders' | 'places' | 'today'>,
  past: readonly PastForecast[],
  teams: Asked['teams'] = [],
): readonly Lesson[] => {
  const ended = past.filter(({ window }) => window.until <= situation.today);
  if (ended.length === 0) return [];
  const placesOf = new Map(nodesOver(situation.places, () => true, teams).map(({ node, places }) => [keyOf(node), places]));
  const spans = new Map<string, Float64Array>();
  return ended.map((one) => {
    const span = `${one.origin} ${one.window.until}`;
    const won = spans.get(span) ?? wonByPlace(situation.orders, situation.places.length, one.origin, one.window.until);
    spans.set(span, won);
    return { ...one, actual: (placesOf.get(keyOf(one.node)) ?? []).reduce((sum, place) => sum + (won[place] ?? 0), 0) };
  });
};
