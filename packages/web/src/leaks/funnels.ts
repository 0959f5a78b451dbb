import type { Answer } from '../api/routes.ts';

export type Flow = Answer<'GET /leaks'>['flows'][number];
export type Dimension = Flow['dimension'];

/** The steps of a process one after the other, for the whole process or for one team or segment. */
export type Funnel = {
  readonly id: string;
  readonly processId: string;
  readonly dimension: Dimension;
  readonly key: string;
  readonly steps: readonly Flow[];
};

type Milestones = (processId: string) => readonly string[];

/** Gathers flows into funnels, each in the order of its process; those with a leak come first, then as the API orders them. */
export const funnelsOf = (flows: readonly Flow[], milestonesOf: Milestones): readonly Funnel[] => {
  const groups = Map.groupBy(flows, ({ processId, dimension, key }) => `${processId} ${dimension} ${key}`);
  const funnels = [...groups].flatMap(([id, steps]): Funnel[] => {
    const [first] = steps;
    if (first === undefined) return [];
    const order = milestonesOf(first.processId);
    const at = ({ milestoneId }: Flow): number => (milestoneId === null ? -1 : order.indexOf(milestoneId));
    return [{ id, processId: first.processId, dimension: first.dimension, key: first.key, steps: steps.toSorted((a, b) => at(a) - at(b)) }];
  });
  const leaking = ({ steps }: Funnel): number => Number(!steps.some(({ leak }) => leak));
  return funnels.toSorted((a, b) => leaking(a) - leaking(b));
};

/** The dimensions of which there is something to see, in a steady order. */
export const dimensionsIn = (flows: readonly Flow[]): readonly Dimension[] =>
  (['process', 'segment', 'team'] as const).filter((dimension) => flows.some((flow) => flow.dimension === dimension));

/**
 * A small probability as "less than one in so many", rounded down to one figure so that it never says more than is known; undefined where
 * chance explains it easily.
 */
export const oneIn = (pValue: number): number | undefined => {
  if (pValue >= 0.5) return undefined;
  if (pValue <= 0.0001) return 10_000;
  const many = 1 / pValue;
  const unit = 10 ** Math.floor(Math.log10(many));
  return Math.floor(many / unit) * unit;
};
