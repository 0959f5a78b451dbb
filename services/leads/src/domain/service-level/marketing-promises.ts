import {
  marketingPromise,
  marketingPromised,
  month,
  type Happened,
  type MarketingFact,
  type MarketingPromise,
} from '@meilenstein/contracts';
import { decided, refused, type Decision, type Refusal } from '@meilenstein/kernel';
import * as z from 'zod';

/** What marketing promised for one month; version 0: nothing yet. */
export const monthsPromise = z.object({ month: month.nullable(), version: z.int().nonnegative(), promises: z.array(marketingPromise) });
export type MonthsPromise = z.output<typeof monthsPromise>;

export const noPromise: MonthsPromise = { month: null, version: 0, promises: [] };

export type PromiseRefusal = Refusal<'month-is-over' | 'segment-is-unknown' | 'promise-is-there-twice'>;

export const evolvePromise = (_before: MonthsPromise, { data }: Happened<MarketingFact>): MonthsPromise => data;

const sameThing = (a: MarketingPromise, b: MarketingPromise): boolean => a.segmentId === b.segmentId && a.stage === b.stage;

/** Nobody promises afterwards what was delivered. */
export const promiseMonth = (
  before: MonthsPromise,
  { month: of, promises }: { readonly month: string; readonly promises: readonly MarketingPromise[] },
  { thisMonth, segments }: { readonly thisMonth: string; readonly segments: readonly string[] },
): Decision<MarketingFact, PromiseRefusal> => {
  if (of < thisMonth) return refused('month-is-over', `month: it is ${thisMonth}; what was promised stays`, { field: 'month', value: of });
  const twice = promises.findIndex((one, index) => promises.findIndex((other) => sameThing(one, other)) !== index);
  if (twice >= 0)
    return refused('promise-is-there-twice', `promises[${twice}]: this segment and stage is there twice`, { field: `promises[${twice}]` });
  const stranger = promises.findIndex(({ segmentId }) => segmentId !== null && !segments.includes(segmentId));
  const unknown = promises[stranger]?.segmentId ?? null;
  if (unknown !== null) {
    const field = `promises[${stranger}].segmentId`;
    return refused('segment-is-unknown', `${field}: GET /segments shows ${segments.join(', ') || 'none'}`, { field, value: unknown });
  }
  return decided(marketingPromised.of({ month: of, version: before.version + 1, promises: [...promises] }));
};
