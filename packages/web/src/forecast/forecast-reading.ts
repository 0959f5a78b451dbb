import type { Answer } from '../api/routes.ts';
import { useRead } from '../api/use-read.ts';
import { useFilter } from '../app/filter.ts';
import type { Node } from '../company/nodes.ts';

export type Forecast = Answer<'GET /forecasts'>;
export type WindowKind = Forecast['window']['kind'];
export type Amount = Forecast['mean'];

export const windowKinds = ['week', 'month', 'quarter'] as const;

/** The window of the address; a month where none is asked for. */
export const useWindowKind = (): readonly [WindowKind, (kind: WindowKind) => void] => {
  const [filter, change] = useFilter();
  const kind = windowKinds.find((each) => each === filter['window']) ?? 'month';
  return [kind, (chosen) => change({ window: chosen === 'month' ? undefined : chosen })];
};

export type Asked = Node & { readonly window: WindowKind };

export const useForecast = (asked: Asked) => useRead('GET /forecasts', { query: asked }, { rhythm: 'list' });

/** The day on which a window ends; the API names the first day after it. */
export const isSameWindow = (a: Forecast['window'], b: Forecast['window']): boolean => a.kind === b.kind && a.label === b.label;
