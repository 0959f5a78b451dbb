import { factReader, leakFound, opportunityStalled, type LeakFact, type StallFact } from '@meilenstein/contracts';
import { aggregateStore, type AggregateStore, type Machinery } from '@meilenstein/runtime';
import { evolveLeak, evolveStall, type FoundLeak, type FoundStall } from '../domain/tell-leaks.ts';

export type LeakStore = AggregateStore<FoundLeak, LeakFact>;
export type StallStore = AggregateStore<FoundStall, StallFact>;

/** Leaks that were told, one aggregate for each flow and cohort. */
export const leakStore = (machinery: Machinery): LeakStore =>
  aggregateStore<FoundLeak, LeakFact>(
    {
      prefix: 'LEAK',
      owner: 'forecast',
      schemaNumber: 1,
      schema: leakFound.data.nullable(),
      initial: null,
      fact: factReader([leakFound]),
      evolve: evolveLeak,
    },
    machinery,
  );

/** The last silence of each opportunity that was told. */
export const stallStore = (machinery: Machinery): StallStore =>
  aggregateStore<FoundStall, StallFact>(
    {
      prefix: 'STALL',
      owner: 'forecast',
      schemaNumber: 1,
      schema: opportunityStalled.data.nullable(),
      initial: null,
      fact: factReader([opportunityStalled]),
      evolve: evolveStall,
    },
    machinery,
  );
