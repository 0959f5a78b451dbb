import { factReader, leakFound, opportunityStalled, type LeakFact, type StallFact } from '@meilenstein/contracts';
import { aggregateStore, type AggregateStore, type Machinery } from '@meilenstein/runtime';
import { evolveLeak, evolveStall, type ReportedLeak, type ReportedStall } from '../domain/report-leaks.ts';

export type LeakStore = AggregateStore<ReportedLeak, LeakFact>;
export type StallStore = AggregateStore<ReportedStall, StallFact>;

/** Reported leaks, one aggregate for each flow and cohort. */
export const leakStore = (machinery: Machinery): LeakStore =>
  aggregateStore<ReportedLeak, LeakFact>(
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

/** The last reported stall of each opportunity. */
export const stallStore = (machinery: Machinery): StallStore =>
  aggregateStore<ReportedStall, StallFact>(
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
