import { valueOf } from '../format/figures.ts';
import type { Attainment } from './use-attainment.ts';

/** The share of the target that should be achieved by today; undefined where the period has no pace. */
export const expectedShare = ({ pace, target }: Pick<Attainment, 'pace' | 'target'>): number | undefined =>
  pace === null || target === null || valueOf(target) === 0 ? undefined : valueOf(pace.expected) / valueOf(target);

/** Whether more is achieved than should be by today. */
export const isAhead = ({ difference }: NonNullable<Attainment['pace']>): boolean => valueOf(difference) >= 0;
