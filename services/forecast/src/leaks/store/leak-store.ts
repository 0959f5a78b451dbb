import {
  dwellMeasured,
  factReader,
  leakFound,
  opportunityStalled,
  type DwellFact,
  type LeakFact,
  type StallFact,
} from '@meilenstein/contracts';
import { aggregateStore, type AggregateStore, type Machinery } from '@meilenstein/runtime';
import { evolveDwell, type EmittedDwell } from '../domain/measure-dwell.ts';
import { evolveLeak, evolveStall, type ReportedLeak, type ReportedStall } from '../domain/report-leaks.ts';

export type LeakStore = AggregateStore<ReportedLeak, LeakFact>;
export type StallStore = AggregateStore<ReportedStall, StallFact>;
export type DwellStore = AggregateStore<EmittedDwell, DwellFact>;

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

/** The dwells of each process as they were emitted last. */
export const dwellStore = (machinery: Machinery): DwellStore =>
  aggregateStore<EmittedDwell, DwellFact>(
    {
      prefix: 'DWELL',
      owner: 'forecast',
      schemaNumber: 1,
      schema: dwellMeasured.data.nullable(),
      initial: null,
      fact: factReader([dwellMeasured]),
      evolve: evolveDwell,
    },
    machinery,
  );
